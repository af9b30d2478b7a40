// Bundles the modules of others that the form for contributors uses, each with all that it needs, into
// site_templates/assets/contribute/vendor/: `npm run bundle`, or with another folder as argument. What was bundled
// is written down beside them in vendored.json, and the licences in LICENSES.txt.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2] ?? join(here, "../../site_templates/assets/contribute/vendor");

const BUNDLES = {
  "bibtex-parser.js": 'export { parse } from "@retorquere/bibtex-parser";',
  "json-schema.js": 'export { Validator } from "@cfworker/json-schema";',
};

const packageOf = (input) => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];

const TERMS = await readTerms();

/** The words of the licences that some packages only name, taken from packages that have them as a file. */
async function readTerms() {
  const body = (text) => text.slice(text.search(/^Permission /m)).trim();
  const file = (path) => readFile(join(here, "node_modules", path), "utf8");
  return { ISC: body(await file("@retorquere/bibtex-parser/LICENSE")), MIT: body(await file("esbuild/LICENSE.md")) };
}

/** What a package says of itself. */
async function described(name) {
  const folder = join(here, "node_modules", name);
  const { version, license, author, repository } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const address = (repository?.url ?? repository ?? "").replace(/^git\+|\.git$/g, "");
  const source = /^[\w.-]+\/[\w.-]+$/.test(address) ? `https://github.com/${address}` : address || `https://www.npmjs.com/package/${name}`;
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : `Copyright (c) ${author?.name ?? author ?? "its authors"}\n\n${TERMS[license]}`;
  return { name, version, licence: license, source, text: text.trim().replaceAll("\r\n", "\n") };
}

await mkdir(target, { recursive: true });
const files = {};
const packages = new Map();
for (const [file, contents] of Object.entries(BUNDLES)) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: here },
    absWorkingDir: here,
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none",
    metafile: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    write: false,
  });
  const [{ contents: bytes }] = outputFiles;
  const used = Object.values(metafile.outputs)[0].inputs;
  const names = [...new Set(Object.keys(used).map(packageOf).filter(Boolean))].sort();
  for (const name of names) if (!packages.has(name)) packages.set(name, await described(name));
  await writeFile(join(target, file), bytes);
  const parts = names.map((name) => packages.get(name)).map(({ text, ...rest }) => rest);
  files[file] = { sha256: createHash("sha256").update(bytes).digest("hex"), packages: parts };
}
await writeFile(join(target, "vendored.json"), `${JSON.stringify(files, null, 2)}\n`);
const licences = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
const texts = licences.map(({ name, version, licence, source, text }) => `${name} ${version} (${licence})\n${source}\n\n${text}\n`);
await writeFile(join(target, "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
