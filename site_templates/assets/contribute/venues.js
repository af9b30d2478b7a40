// Finds the venue that a name means, whatever year, ordinal and place stand around it.

import { fold } from "../browse/text.js";

const AROUND = [
  /^(?:in:?\s+)?(?:proceedings|proc\.?)(?:\s+of)?(?:\s+the)?\s+/,
  /\b(?:19|20)\d\d\b|'\d\d\b/g,
  /\b\d+\s*(?:st|nd|rd|th)\b/g,
  /\b(?:(?:twenty|thirty|forty|fifty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth)\b/g,
  /\b(?:annual|the|proceedings|volume \d+)\b|\s(?:\d+|[ivxlc]+)\s*$/g,
];
const words = (text) => text.replace(/&/g, " and ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const simplified = (name) => words(AROUND.reduce((text, around) => text.replace(around, " "), fold(name)));
const acronym = (name) => name.match(/\(([A-Z][A-Za-z]*[A-Z][\w-]*)[^)]*\)|^([A-Z][\w/&-]*[A-Z]\w*)(?:[\s']+\d{2,4})?$/)?.slice(1).find(Boolean);

/** The venue of one of these names, or of this ISSN; `undefined` where the survey has none. */
export function findVenue(venues, names, issn = "") {
  const index = new Map();
  for (const venue of venues) {
    for (const name of [venue.key, ...venue.names]) {
      for (const form of [words(fold(name)), simplified(name)]) if (form && !index.has(form)) index.set(form, venue);
    }
  }
  for (const name of names.filter(Boolean)) {
    const [head, ...rest] = name.split(/[:,]\s/);
    const parts = /workshop/i.test(name) ? [name] : [name, head, rest.join(" "), acronym(name) ?? ""];
    for (const form of parts.flatMap((part) => [words(fold(part)), simplified(part)])) if (form && index.has(form)) return index.get(form);
  }
  const digits = issn.replace(/[^0-9Xx]/g, "").toUpperCase();
  return digits ? venues.find((venue) => venue.issn && digits.includes(venue.issn.replace(/-/g, "").toUpperCase())) : undefined;
}
