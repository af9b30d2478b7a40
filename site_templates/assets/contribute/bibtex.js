// BibTeX as it was pasted → its entries, each a type and fields of plain text. The parser is fetched when it is needed.

import { lineOf } from "./people.js";
import { oneLine } from "./text.js";

const LONGEST = 50_000; // characters, which are read within a second or two
/** Math, which stays TeX: no quotation mark and no lone brace, so that it never reaches over the end of a value. */
const MATH = /(?<!\\)\$(?:[^$\\{}"]|\\.|\{(?:[^$\\{}"]|\\.|\{[^${}"]*\})*\}){1,500}?\$/g;
const NAMES = /\\((?:La|Bib|Xe|Con)?TeXt?)\b(?:\s*\{\})?/g;
const VERBATIM = new Set(["doi", "url", "eprint", "link", "ee"]);

/** Put characters for private use where the parser would change what stays as it is. */
function shielded(text) {
  const kept = [];
  const keep = (part) => `\ue000${kept.push(part) - 1}\ue001`;
  return { text: text.replace(/[\ue000\ue001]/g, "").replace(NAMES, "$1").replace(MATH, keep).replace(/[<>]/g, keep), kept };
}

/** A value as text; the tags in it are the parser's own. */
function read(value, kept) {
  const text = (Array.isArray(value) ? value.join(", ") : String(value)).replace(/<\/?[a-z][^<>]*>/g, "");
  return oneLine(text.replace(/\ue000(\d+)\ue001/g, (_, number) => kept[number]));
}

function entry({ type, key, fields }, kept) {
  const { author = [], editor, ...others } = fields;
  const people = author.filter(({ lastName, firstName, name }) => firstName || !/^(?:others|et al\.?)$/i.test(name ?? lastName ?? ""));
  const texts = Object.entries(others).map(([name, value]) => [name, read(value, kept)]);
  const unwrapped = texts.map(([name, text]) => [name, VERBATIM.has(name) ? text.replace(/^\\url\s*\{(.*)\}$/, "$1").replace(/\\([%_#&~])/g, "$1") : text]);
  return {
    type: type.toLowerCase(),
    key,
    people: people.map(({ lastName = "", firstName = "", prefix = "", suffix = "", name = "" }) => {
      const parts = { family: lastName, given: firstName, particle: prefix, suffix, literal: name };
      return lineOf(Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, read(text, kept)])));
    }),
    cut: people.length < author.length,
    fields: Object.fromEntries(unwrapped.filter(([, text]) => text)),
    edited: Boolean(editor),
  };
}

/**
 * Read BibTeX or BibLaTeX.
 *
 * @returns `entries`, and `errors`: what could not be read, in words.
 */
export async function readBibtex(pasted) {
  if (pasted.length > LONGEST) return { entries: [], errors: ["This is too long. Paste the entry of one paper."] };
  const { parse } = await import("./vendor/bibtex-parser.js");
  const { text, kept } = shielded(pasted);
  try {
    const found = parse(text, { english: false, sentenceCase: false });
    const errors = found.errors.map(({ error }) => oneLine(error.replace(/\ue000(\d+)\ue001/g, (_, number) => kept[number])).slice(0, 200));
    const entries = found.entries.map((one) => entry(one, kept)).filter(({ people, fields }) => people.length || fields.title);
    return { entries, errors };
  } catch (error) {
    return { entries: [], errors: [oneLine(String(error.message ?? error)).slice(0, 200)] };
  }
}
