// What a question finds, the best first; what may have been meant where nothing has its words.

import { fold } from "../browse/text.js";

const WORD = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;

/** Who writes an identifier may have it from an address or a citation. */
const AROUND = /^(?:https?:\/\/)?(?:(?:dx\.)?doi\.org\/|arxiv\.org\/(?:abs|pdf)\/|aclanthology\.org\/)|^(?:doi|arxiv|isbn):\s*|^\[?@|(?:\]|\.pdf|\/)$/g;
const VERSION = /^(\d{4}\.\d{4,5})v\d+$/;

/** The words of a question; a compound is one, with its parts. */
function asked(question) {
  const words = fold(question).replace(/[‐‑]/g, "-").match(WORD) ?? [];
  return [...new Set(words)].map((word) => ({ word: word.replaceAll("-", ""), parts: word.split("-") }));
}

/** Other forms under which a word is looked up as a whole: its singular. */
function singulars(word) {
  if (word.length < 4 || !word.endsWith("s") || word.endsWith("ss")) return [];
  return word.endsWith("ies") ? [`${word.slice(0, -3)}y`, word.slice(0, -1)] : [word.slice(0, -1)];
}

/** The words of a question that tell what is meant: all but the common ones, unless there are no others. */
function telling(index, words) {
  const some = words.filter(({ word }) => word.length > 1 && !index.common.has(word));
  return some.length ? some : words;
}

/** Whether a word of a text is one of those that a question asks for. */
export function marker(index, question) {
  const forms = telling(index, asked(question)).flatMap(({ word, parts }) => [word, ...parts].flatMap((one) => [one, ...singulars(one)]));
  return (text) => {
    const folded = fold(text);
    return forms.some((form) => (form.length < 2 ? folded === form : folded.startsWith(form)));
  };
}

/**
 * Find entries.
 *
 * An entry has to have all words, but those that tell nothing; if there is none, those count that have the most. What a question
 * names by key or identifier comes first, and alone if the question is no word.
 */
export async function find(index, question) {
  const words = asked(question);
  const id = identifier(question);
  const named = id ? await index.named(id) : [];
  const first = named.filter(({ same }) => same).map(({ entry }) => entry);
  const isWord = words.length === 1 && words[0].word === id;
  if (named.length && !isWord) return { entries: unique([...first, ...named.map(({ entry }) => entry)]), complete: true, unknown: [] };
  const needed = new Set(telling(index, words));
  const scores = await Promise.all(words.map((word) => describing(index, word)));
  const { entries, complete } = ranked(index.count, words, needed, scores);
  const unknown = words.filter((word, place) => needed.has(word) && !scores[place].some((score) => score > 0));
  return { entries: unique([...first, ...entries]), complete: complete || first.length > 0, unknown };
}

const unique = (entries) => [...new Set(entries)];

/** A question as an identifier: one run of letters, without what stands around it. */
function identifier(question) {
  const text = question.trim().toLowerCase().replace(AROUND, "").replace(AROUND, "").replace(VERSION, "$1");
  return /\s/.test(text) || text.length < 3 ? "" : text;
}

/** How well each entry is described by a word in any of its forms: by a compound, or by all its parts. */
async function describing(index, { word, parts }) {
  const forms = await Promise.all([index.describing(word), ...singulars(word).map((one) => index.describing(one, true))]);
  if (parts.length > 1) {
    const each = await Promise.all(parts.map((part) => index.describing(part)));
    forms.push(each.reduce((one, other) => one.map((score, entry) => Math.min(score, other[entry]))));
  }
  return forms.reduce((one, other) => one.map((score, entry) => Math.max(score, other[entry])));
}

function ranked(count, words, needed, scores) {
  const totals = new Float32Array(count);
  const had = new Uint8Array(count);
  words.forEach((word, place) => {
    const frequency = scores[place].reduce((sum, score) => sum + (score > 0), 0);
    const rarity = Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5));
    scores[place].forEach((score, entry) => {
      if (!score) return;
      totals[entry] += score * rarity;
      if (needed.has(word)) had[entry]++;
    });
  });
  const most = had.reduce((one, other) => Math.max(one, other), 0);
  const entries = [];
  if (most) had.forEach((number, entry) => number === most && entries.push(entry));
  return { entries: entries.sort((a, b) => totals[b] - totals[a] || a - b), complete: most === needed.size };
}

const CORRECTIONS = 3;

/** Questions that may have been meant: those words that nothing has give way to the nearest words of titles and names. */
export async function meant(index, question, unknown) {
  const nearest = new Map(await Promise.all(unknown.map(async ({ word }) => [word, await near(index, word)])));
  const choices = Math.min(CORRECTIONS, Math.max(0, ...Array.from(nearest.values(), (found) => found.length)));
  return Array.from({ length: choices }, (_, choice) =>
    question.replace(/[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)*/gu, (written) => {
      const found = nearest.get(asked(written)[0]?.word) ?? [];
      return found[Math.min(choice, found.length - 1)] ?? written;
    }),
  );
}

/** The words that differ least from one, the more frequent first. */
async function near(index, word) {
  const most = word.length < 5 ? 1 : 2;
  const lengths = Array.from({ length: 2 * most + 1 }, (_, place) => word.length - most + place);
  const lists = await Promise.all(lengths.map((length) => index.vocabulary(length)));
  const found = lists.flatMap((list) => list.map((other, rank) => ({ other, rank, distance: distance(word, other, most) })));
  const close = found.filter((one) => one.distance <= most).sort((a, b) => a.distance - b.distance || a.rank - b.rank);
  return close.map(({ other }) => other).slice(0, CORRECTIONS);
}

/** How many letters are wrong, missing, too many, or changed about with their neighbours (optimal string alignment). */
function distance(one, other, most) {
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + !same);
      const turned = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (turned) now[column] = Math.min(now[column], before[column - 2] + 1);
    }
    if (Math.min(...now) > most) return Infinity;
    [before, last] = [last, now];
  }
  return last[other.length];
}
