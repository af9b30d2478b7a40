// What the registries of identifiers say of a work. Nothing is asked before the contributor presses the button that names
// the host. Both let any site ask; arXiv's own interface does not, but its papers are registered at DataCite.

import { lineOf } from "./people.js";
import { untagged } from "./text.js";

const PATIENCE = 10_000; // milliseconds

const CROSSREF = { host: "api.crossref.org", address: (doi) => `https://api.crossref.org/works/${encodeURIComponent(doi)}`, read: fromCrossref };
const DATACITE = { host: "api.datacite.org", address: (doi) => `https://api.datacite.org/dois/${encodeURIComponent(doi)}`, read: fromDatacite };

/** The registries that may know a work, the likeliest first, and the DOI by which they know it. */
export function registries({ is, id }) {
  if (is === "arxiv") return [{ ...DATACITE, doi: `10.48550/arXiv.${id}` }];
  return is === "doi" ? [CROSSREF, DATACITE].map((registry) => ({ ...registry, doi: id })) : [];
}

/** Ask a registry. Returns an entry as `readBibtex` makes them; throws an error with a message for people. */
export async function lookUp({ host, address, doi, read }) {
  let response;
  try {
    response = await fetch(address(doi), { signal: AbortSignal.timeout(PATIENCE), credentials: "omit", referrerPolicy: "no-referrer" });
  } catch (error) {
    const late = error.name === "TimeoutError";
    throw new Error(late ? `${host} did not answer within ten seconds.` : `${host} could not be reached.`);
  }
  if (response.status === 404) throw new Error(`${host} does not know ${doi}.`);
  if (response.status === 429) throw new Error(`${host} is asked too often just now. Try again in a minute.`);
  if (!response.ok) throw new Error(`${host} answered with an error (${response.status}).`);
  try {
    return read(await response.json());
  } catch {
    throw new Error(`${host} gave an answer that could not be read.`);
  }
}

const filled = (fields) => Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, untagged(value)]] : [])));

const CROSSREF_TYPES = {
  "journal-article": "article", "proceedings-article": "inproceedings", "posted-content": "preprint", "book-chapter": "incollection",
  book: "book", monograph: "book", "edited-book": "book", "reference-book": "book", dissertation: "thesis", report: "report", dataset: "dataset",
};

function fromCrossref({ message }) {
  const [first, ...more] = message.title ?? [];
  const container = message["container-title"]?.[0];
  const when = message["published-print"] ?? message.published ?? message.issued;
  const [year, month] = when?.["date-parts"]?.[0] ?? [];
  const type = CROSSREF_TYPES[message.type] ?? "misc";
  return {
    type,
    key: "",
    people: (message.author ?? []).map(({ given, family, suffix, name }) => lineOf(filled({ given, family, suffix, literal: name }))),
    cut: false,
    fields: filled({
      title: first,
      subtitle: message.subtitle?.[0] ?? more[0],
      [type === "article" ? "journal" : "booktitle"]: container,
      shortjournal: message["short-container-title"]?.[0],
      year: year && `${year}`,
      month: month && `${month}`,
      volume: message.volume,
      number: message.issue,
      pages: message.page ?? message["article-number"],
      publisher: message.publisher,
      school: type === "thesis" ? (message.institution?.[0]?.name ?? message.publisher) : undefined,
      isbn: message.ISBN?.[0],
      issn: message.ISSN?.[0],
      doi: message.DOI,
    }),
  };
}

const DATACITE_TYPES = {
  Preprint: "preprint", JournalArticle: "article", ConferencePaper: "inproceedings", Book: "book", BookChapter: "incollection",
  Dissertation: "thesis", Report: "report", Dataset: "dataset", Software: "software",
};

function fromDatacite({ data: { attributes } }) {
  const { titles, creators, publicationYear } = attributes;
  const [types, container] = [attributes.types ?? {}, attributes.container ?? {}];
  const [dates, subjects, related] = [attributes.dates ?? [], attributes.subjects ?? [], attributes.relatedIdentifiers ?? []];
  const arxiv = attributes.doi.match(/^10\.48550\/arxiv\.(.+)$/i)?.[1];
  const type = arxiv ? "preprint" : (DATACITE_TYPES[types.resourceTypeGeneral] ?? "misc");
  const posted = dates.filter(({ dateType }) => dateType === "Submitted").map(({ date }) => String(date).slice(0, 10)).sort()[0];
  const published = related.find(({ relationType, relatedIdentifierType }) => relationType === "IsVersionOf" && relatedIdentifierType === "DOI");
  const publisher = typeof attributes.publisher === "string" ? attributes.publisher : attributes.publisher?.name;
  return {
    type,
    key: "",
    people: creators.map(({ name, givenName: given, familyName: family, nameType }) => {
      const [last, first] = nameType === "Organizational" ? [] : (name ?? "").split(/,\s*/);
      return lineOf(filled(family && given ? { family, given } : first ? { family: last, given: first } : { literal: name }));
    }),
    cut: false,
    fields: filled({
      title: titles[0].title,
      year: publicationYear && `${publicationYear}`,
      journal: container.title,
      volume: container.volume,
      number: container.issue,
      publisher: arxiv ? undefined : publisher,
      version: arxiv ? undefined : attributes.version,
      doi: arxiv ? undefined : attributes.doi,
      arxiv,
      primaryclass: subjects.find(({ subjectScheme }) => subjectScheme === "arXiv")?.subject?.match(/\(([\w.-]+)\)/)?.[1],
    }),
    posted: arxiv && posted,
    published: published?.relatedIdentifier,
  };
}
