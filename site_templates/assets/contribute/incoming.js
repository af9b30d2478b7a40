// An entry of a bibliography → what goes into the fields of the form, and what a person should know of it.

import { arxivMonth, identifier } from "./identify.js";
import { isIsbn, pages } from "./text.js";
import { findVenue } from "./venues.js";

const TYPES = {
  article: "journal", inproceedings: "conference", conference: "conference", book: "book", booklet: "book", mvbook: "book",
  inbook: "chapter", incollection: "chapter", bookinbook: "chapter", suppbook: "chapter", inreference: "chapter",
  phdthesis: "thesis", mastersthesis: "thesis", thesis: "thesis", bathesis: "thesis", techreport: "report", report: "report",
  manual: "report", preprint: "preprint", online: "web", electronic: "web", www: "web", webpage: "web", dataset: "dataset",
  data: "dataset", software: "software", softwareversion: "software",
};
const PREPRINTS = /^(?:arxiv|corr\b|(?:bio|med|chem|psy|soc|tech)rxiv|ssrn|preprints\b|openreview)/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** What a record needs no word about. */
const SILENT = new Set(["editor", "address", "location", "eventdate", "urldate", "langid", "language", "timestamp", "biburl", "bibsource", "file", "shorttitle", "archiveprefix", "eprinttype", "archive", "crossref", "xref"]);

const PLACE_AND_DATE = /,\s*(?:[\w/&-]+\s+)?(?:19|20)\d\d\s*,.*$/;

/** The number of the month that a text names by its name, or by the only number in it. */
export function month(text) {
  const named = text.toLowerCase().match(/\p{L}{3,}/gu)?.map((word) => MONTHS.indexOf(word.slice(0, 3)) + 1).find(Boolean);
  const numbers = text.match(/\d+/g) ?? [];
  const number = named ?? (numbers.length === 1 ? Number(numbers[0]) : 0);
  return number >= 1 && number <= 12 ? `${number}` : "";
}

class Reading {
  values = {};
  notes = [];
  used = new Set();

  constructor(entry, known) {
    Object.assign(this, { entry, known });
  }

  /** The first of these fields that the entry has. */
  take(...names) {
    const name = names.find((one) => this.entry.fields[one]);
    for (const one of names) this.used.add(one);
    return name ? this.entry.fields[name] : "";
  }

  /** Fill in a field, if its schema takes the value. */
  set(name, value) {
    if (!value) return;
    if (this.known.accepts(name, value)) this.values[name] = value;
    else this.notes.push(`“${value.slice(0, 80)}” is nothing that ${name} can be; it was left out.`);
  }

  read() {
    const { entry } = this;
    this.set("title", this.title());
    if (entry.people.length) this.values.authors = entry.people.join("\n");
    if (entry.cut) this.notes.push("The source does not name all authors. Add the others.");
    this.dates();
    this.identifiers();
    this.published();
    this.numbers();
    const left = Object.keys(entry.fields).filter((name) => !this.used.has(name) && !SILENT.has(name) && !/\+duplicate|^bdsk|^date-|^mendeley/.test(name));
    if (left.length) this.notes.push(`Left out, since a record has no place for it or has it in our own words: ${left.join(", ")}.`);
    return { values: this.values, notes: this.notes };
  }

  title() {
    const [title, subtitle] = [this.take("title"), this.take("subtitle")];
    const whole = [title, subtitle].filter(Boolean).join(/[:?!–—]$/.test(title) ? " " : ": ");
    return whole.replace(/(?<=[\p{Ll}\d)])\.$/u, "");
  }

  dates() {
    const [year, date, named] = [this.take("year"), this.take("date"), this.take("month")];
    const found = (year || date).match(/(?<!\d)(?:1[4-9]|20)\d\d(?!\d)/)?.[0];
    this.set("year", found);
    this.set("month", named ? month(named) : month(date.match(/^\d{4}-(\d\d)/)?.[1] ?? ""));
  }

  identifiers() {
    const doi = this.take("doi").replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)+/i, "");
    const [eprint, place, other] = [this.take("eprint"), this.take("archiveprefix", "eprinttype"), this.take("arxivid", "arxiv")];
    const named = [this.entry.fields.journal, this.entry.fields.journaltitle, this.entry.fields.volume, this.entry.fields.note, this.entry.fields.howpublished, this.entry.fields.publisher];
    const inText = named.map((text) => text?.match(/(?:arxiv(?:\s+preprint)?\s*:?\s*(?:arxiv:)?|^abs\/)\s*([a-z-]+\/\d{7}|\d{4}\.\d{4,5})/i)?.[1]).find(Boolean);
    const address = identifier(this.take("url", "link", "ee", "bdsk-url-1").split(/\s/)[0]);
    const ofDoi = doi && identifier(doi);
    const candidates = [/arxiv/i.test(place) || !place ? eprint : "", other, inText, ofDoi?.is === "arxiv" ? ofDoi.id : "", address?.is === "arxiv" ? address.id : ""];
    this.set("arxiv", candidates.map((text) => text && identifier(text)).find((one) => one?.is === "arxiv")?.id);
    if (ofDoi?.is !== "arxiv") this.set("doi", doi || (address?.is === "doi" ? address.id : ""));
    const category = this.take("primaryclass", "eprintclass");
    if (this.values.arxiv) this.set("arxiv_category", category);
    if (["acl", "openreview", "url"].includes(address?.is)) this.set(address.is, address.id);
    this.set("pdf", this.take("pdf"));
    this.set("code", this.take("code", "github"));
    if (!this.values.year && this.values.arxiv) this.set("year", arxivMonth(this.values.arxiv)[0]);
  }

  published() {
    const journal = this.take("journal", "journaltitle");
    const book = this.take("booktitle", "maintitle");
    const kept = journal || this.take("howpublished") || this.entry.fields.publisher || "";
    const preprint = PREPRINTS.test(kept) || (!journal && !book && this.values.arxiv);
    const guess = book ? "conference" : journal ? "journal" : "web";
    const certain = TYPES[this.entry.type];
    const type = (certain === "journal" || certain === "web" || !certain) && preprint && !book ? "preprint" : (certain ?? guess);
    this.set("type", type);
    if (!certain && type === "web") this.notes.push(`“@${this.entry.type}” does not say what this is. Choose the type.`);
    if (type === "preprint") return this.take("publisher", "volume", "number", "pages", "note", "issn");
    this.venue(type, journal, book);
    const school = this.take("school");
    const institution = this.take("institution", "organization");
    if (type === "thesis") {
      this.set("school", school || institution);
      if (/master/i.test(this.entry.type + this.take("type"))) this.set("degree", "master");
    }
    const publisher = this.take("publisher") || (type === "thesis" ? "" : institution || school);
    if (publisher !== this.known.publisher?.(this.values.venue)) this.set("publisher", publisher);
  }

  venue(type, journal, book) {
    const name = journal || book;
    const found = findVenue(this.known.venues, [name, this.take("series", "shortjournal", "eventtitle")], this.take("issn"));
    if (found) {
      this.set("venue", found.key);
      if (found.kind === "conference" && type === "journal") this.set("type", "conference");
    } else if (name && ["journal", "conference"].includes(type)) {
      this.notes.push(`The survey does not know the venue “${name}” yet. Choose one that it knows, or leave it open and name it in the pull request.`);
    }
    const printed = found && [found.key, ...found.names].some((one) => one.toLowerCase() === name.toLowerCase());
    const title = book.replace(PLACE_AND_DATE, "");
    if (title !== book) this.notes.push(`Place and date of the volume were left out: “${book.slice(title.length + 2)}”.`);
    if (book && !printed) this.set("proceedings", title);
  }

  numbers() {
    this.set("volume", this.take("volume"));
    this.set("number", this.take("number", "issue"));
    this.set("pages", pages(this.take("pages", "eid", "articleno")));
    this.set("edition", this.take("edition", "version"));
    const isbn = this.take("isbn", "isbn-13", "isbn13").split(/[,;\s]\s*(?=97|\d{9})/).map((text) => text.replace(/[–\s]/g, "-"));
    this.set("isbn", isbn.find(isIsbn));
  }
}

/**
 * Fill in the form from an entry.
 *
 * @param known `venues` of the survey, and `accepts(name, value)`, which asks the schema.
 * @returns `values` by field, and `notes` in words.
 */
export const fromEntry = (entry, known) => new Reading(entry, known).read();
