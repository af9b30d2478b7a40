// What is wrong with a record, as far as the published schema and the survey's own words tell; the rest is for the check
// of the pull request.

import { fold } from "../browse/text.js";
import { plain } from "./key.js";
import { family } from "./people.js";
import { alternatives } from "./yaml.js";

/** What is said where the schema speaks of how YAML has it. */
const HINTS = {
  authors: "Write Family, Given; or {Name} for an organisation.",
  arxiv: "Write it without version: 2107.05768, before April 2007 cs/0101001.",
};
const KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$/;

/** The schema, with a validator that uses no `eval`. */
export class Schema {
  constructor(root, Validator) {
    Object.assign(this, { root, Validator, validator: new Validator(root, "2020-12", false), of: new Map() });
  }

  /** Whether a text may be the value of a field. */
  accepts(name, text) {
    const schema = this.root.properties[name];
    if (!this.of.has(name)) this.of.set(name, new this.Validator({ ...schema, $defs: this.root.$defs }, "2020-12"));
    return this.of.get(name).validate(this.typed(name, text)).valid;
  }

  /** A text as the type that the schema wants. */
  typed(name, text) {
    return this.root.properties[name].type === "integer" && /^\d+$/.test(text) ? Number(text) : text;
  }

  /** What is wrong: `{ field, message }`, one a field. */
  problems(record) {
    const found = new Map(this.root.required.filter((name) => !(name in record)).map((name) => [name, "This is missing."]));
    const places = this.validator.validate(record).errors.map(({ instanceLocation }) => instanceLocation.replace(/^#\/?/, "").split("/"));
    // An entry of a list is told before the list is said to be wrong.
    for (const [field, item] of places.sort((one, other) => other.length - one.length)) {
      if (!field || found.has(field)) continue;
      const value = record[field]?.[item];
      found.set(field, `${typeof value === "string" && typeof record[field] !== "string" ? `“${value}”: ` : ""}${this.#hint(field)}`);
    }
    return Array.from(found, ([field, message]) => ({ field, message }));
  }

  #hint(field) {
    const own = this.root.properties[field] ?? {};
    const choices = alternatives(own.items ?? own, this.root);
    const told = HINTS[field] ?? choices.find((choice) => choice.patternErrorMessage)?.patternErrorMessage;
    if (told) return told;
    const [{ "x-type": type = "another value", examples: [example] = [], enum: words }] = choices;
    if (words) return "Choose one of the list.";
    return `Write ${type}${example ? `, such as ${example}` : ""}.`;
  }
}

/** Papers of the survey that the record may be of: `{ key, message, certain }`. */
export function duplicates(record, known) {
  for (const [name, label] of Object.entries(known.labels)) {
    const key = record[name] && known.identifiers[name][String(record[name]).toLowerCase()];
    if (key) return [{ key, certain: true, field: name, message: `The survey has a paper with this ${label} already:` }];
  }
  const [first] = record.authors ?? [];
  if (!record.title || !first) return [];
  const [title, author] = [compared(record.title), fold(family(first) ?? "")];
  const same = known.titles.filter((one) => one[0] === title && one[1] === author);
  return same.slice(0, 1).map(([, , key]) => ({ key, certain: false, field: "title", message: "The survey has a paper with this title and first author already:" }));
}

/** A title as titles are compared; generator/sameness.py is the original. */
export const compared = (title) => fold(plain(title)).replace(/[^\p{L}\p{N}_]+/gu, " ").trim() || title;

/** What is wrong with a key, or nothing. */
export function aboutKey(key, taken) {
  if (!key) return "This is missing.";
  if (!KEY.test(key)) return "Use letters, digits, “-” and “_” only.";
  if (key.toLowerCase() === "index") return "This name is reserved. Choose another.";
  return taken.has(key.toLowerCase()) ? "This key is in use already. Choose another." : "";
}
