// What was found, as a reader sees it: nodes whose text is text.

import { element, nodes } from "../browse/text.js";

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WORDS = new RegExp(`(${WORD.source})`, "u");
const BEFORE = 60; // letters of a text before the first match in it
const SHOWN = 180; // letters of a text
const NAMED = 5; // authors

/** The whole address of what stands there on the site, whichever page this is. */
export const at = (url) => new URL(`../../../${url}`, import.meta.url).href;

/** A text, or a text with math, with the words marked that were asked for. */
function marked(text, isAsked) {
  if (typeof text === "string") return text.split(WORDS).map((run, place) => (place % 2 && isAsked(run) ? element("mark", {}, run) : run));
  return text.flatMap((part) => (typeof part === "string" ? marked(part, isAsked) : [nodes(part)]));
}

/** The place in a text where a match is, or its beginning; nothing of a paper that matched elsewhere. */
function excerpt({ kind, text }, isAsked) {
  const hit = Array.from(text.matchAll(WORD)).find(([word]) => isAsked(word));
  if (!hit && kind === "Paper") return "";
  const place = hit?.index ?? 0;
  const begin = place < BEFORE ? 0 : text.indexOf(" ", place - BEFORE) + 1;
  const end = text.length > begin + SHOWN ? text.lastIndexOf(" ", begin + SHOWN) : text.length;
  return `${begin ? "… " : ""}${text.slice(begin, end > begin ? end : begin + SHOWN)}${end < text.length ? " …" : ""}`;
}

/** The first of many authors, and those who were asked for. */
function people(names, isAsked) {
  const all = names.split(", ");
  if (all.length <= NAMED + 1) return names;
  const shown = all.filter((name, place) => place < NAMED - 1 || name.split(WORDS).some((run, number) => number % 2 && isAsked(run)));
  return shown.length < all.length ? `${shown.slice(0, 2 * NAMED).join(", ")} and others` : names;
}

/** An entry as an option of the list. */
export function result(entry, number, isAsked) {
  const texts = [people(entry.people, isAsked), excerpt(entry, isAsked)];
  const lines = [
    element("span", { class: "survey-find__kind" }, entry.kind, entry.about && element("span", {}, entry.about)),
    element("span", { class: "survey-find__title" }, ...marked(entry.title, isAsked)),
    ...texts.filter(Boolean).map((text) => element("span", { class: "survey-find__text" }, ...marked(text, isAsked))),
  ];
  return element("a", { ...option(number), href: at(entry.url) }, ...lines);
}

/** What else there is to choose in the list. */
export const action = (number, ...children) => element("div", { ...option(number), "data-action": true }, ...children);

const option = (number) => ({ class: "survey-find__result", role: "option", id: `survey-find-${number}`, tabindex: "-1", "aria-selected": "false" });
