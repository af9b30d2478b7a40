// The modules of the form for contributors, fed with texts by `tests/fuzz.py`: a JSON string a line in, what became of it a line out.
//
//   node form.mjs FOLDER, where FOLDER holds copies of the modules, contribute.json and paper.schema.json

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const load = (name) => import(pathToFileURL(join(folder, name)));
const json = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

const [{ recognise, identifier }, { readBibtex }, { fromEntry }, { author }, { proposedKey, plain }, { canonical }, check, text, { Validator }] =
  await Promise.all(["identify.js", "bibtex.js", "incoming.js", "people.js", "key.js", "yaml.js", "check.js", "text.js", "vendor/json-schema.js"].map(load));
const schema = new check.Schema(json("paper.schema.json"), Validator);
const read = json("contribute.json");
const known = { ...read, taken: new Set(read.taken.split(" ")), stop: new RegExp(`^(?:${read.stop})$`), accepts: (name, value) => schema.accepts(name, value) };

/** All that the form does with what is pasted into it or typed. */
async function feed(pasted) {
  recognise(pasted);
  identifier(pasted);
  text.untagged(pasted);
  text.pages(pasted);
  plain(pasted);
  const typed = { title: text.oneLine(pasted), authors: pasted.split("\n").filter((line) => line.trim()).map(author), year: 2020, type: "web", summary: pasted };
  canonical(typed, schema.root);
  proposedKey(typed, known);
  check.duplicates(typed, known);
  for (const name of ["title", "doi", "arxiv", "url", "pages", "year"]) schema.accepts(name, pasted);
  const { entries } = await readBibtex(pasted);
  for (const entry of entries) fromEntry(entry, known);
  return entries.length;
}

for await (const line of createInterface({ input: process.stdin })) {
  const begun = process.cpuUsage();
  let answer;
  try {
    answer = { entries: await feed(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  const { user, system } = process.cpuUsage(begun);
  console.log(JSON.stringify({ ...answer, seconds: (user + system) / 1e6 }));
}
