// Which papers are asked for, in which order, and how many there would be with each value.

import { words } from "./text.js";
import { UNWANTED, WANTED } from "./state.js";

/** A paper's verdict, where it is not the number of the one thing asked that it fails. */
const FOUND = -1;
const OUT = -2;

/**
 * Find the papers that are asked for, in the order that is asked for.
 *
 * Within a facet one wanted value is enough and no unwanted one may be there; of the facets, the years and the words
 * all must hold. The verdicts are kept for `tally`: a paper that fails one facet alone counts there, the years being
 * the last.
 */
export function find(data, state) {
  const tests = data.facets.flatMap((facet) => test(facet, state.chosen.get(facet)) ?? []);
  if (state.from !== null || state.to !== null) tests.push(testYears(data, state));
  const verdicts = new Int16Array(data.count).fill(OUT);
  for (const paper of withWords(data, words(state.question))) verdicts[paper] = judge(paper, tests);
  return { papers: order(data, state).filter((paper) => verdicts[paper] === FOUND), verdicts };
}

/** Return the papers whose texts hold all words; what was found before is looked through if it holds these too. */
function withWords(data, asked) {
  const { last } = data;
  const narrows = last.asked.every((word) => asked.some((longer) => longer.includes(word)));
  const among = narrows ? last.papers : data.all;
  const papers = asked.length ? among.filter((paper) => asked.every((word) => data.texts[paper].includes(word))) : data.all;
  data.last = { asked, papers };
  return papers;
}

function judge(paper, tests) {
  let verdict = FOUND;
  for (const { index, holds } of tests) {
    if (holds(paper)) continue;
    if (verdict !== FOUND) return OUT;
    verdict = index;
  }
  return verdict;
}

/** What a facet asks of a paper; nothing where no value of it was chosen. */
function test(facet, chosen) {
  if (!chosen) return null;
  const signs = new Int8Array(facet.ids.length);
  for (const [value, sign] of chosen) signs[value] = sign;
  const needed = [...chosen.values()].includes(WANTED);
  const holds = (paper) => {
    let wanted = !needed;
    for (const value of facet.values[paper]) {
      if (signs[value] === UNWANTED) return false;
      wanted ||= signs[value] === WANTED;
    }
    return wanted;
  };
  return { index: facet.index, holds };
}

function testYears({ years, facets }, { from, to }) {
  const [first, last] = [from ?? -Infinity, to ?? Infinity];
  return { index: facets.length, holds: (paper) => years[paper] >= first && years[paper] <= last };
}

/** Count the papers that there would be with each value, and in each year, if its own facet asked for nothing but it. */
export function tally(data, verdicts) {
  const counts = data.facets.map((facet) => new Int32Array(facet.ids.length));
  const years = new Map();
  const ofYears = data.facets.length;
  for (let paper = 0; paper < data.count; paper++) {
    const verdict = verdicts[paper];
    if (verdict === OUT) continue;
    if (verdict === FOUND) data.facets.forEach((facet, index) => count(counts[index], facet.values[paper]));
    else if (verdict !== ofYears) count(counts[verdict], data.facets[verdict].values[paper]);
    if (verdict === FOUND || verdict === ofYears) years.set(data.years[paper], (years.get(data.years[paper]) ?? 0) + 1);
  }
  return { counts, years };
}

function count(counts, values) {
  for (const value of values) counts[value]++;
}

/** All papers in the order that is asked for; those that lack what they are sorted by come last either way. */
function order(data, { sort, turned }) {
  const name = (turned ? "-" : "") + sort;
  if (!data.orders.has(name)) {
    const [known, lacking] = sorted(data, sort);
    data.orders.set(name, [...(turned ? known.reverse() : known), ...lacking]);
  }
  return data.orders.get(name);
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function sorted(data, sort) {
  if (sort === "year") return [[...data.all], []];
  const keys = data.all.map(KEYS[sort] ?? KEYS.facet(data.byId.get(sort)), data);
  const known = data.all.filter((paper) => keys[paper] !== undefined);
  const compare = sort === "title" ? collator.compare : (a, b) => a - b;
  return [known.sort((a, b) => compare(keys[a], keys[b]) || a - b), data.all.filter((paper) => keys[paper] === undefined)];
}

/** What a paper is sorted by; `this` is the data. */
const KEYS = {
  title(paper) {
    return this.titles[paper].replace(/^[^\p{L}\p{N}]+/u, "");
  },
  author(paper) {
    return this.authors[paper][0]; // names are numbered in the order of an index
  },
  added(paper) {
    return this.added[paper] === null ? undefined : -this.added[paper];
  },
  facet: (facet) => (paper) => facet.own[paper].filter((value) => facet.ids[value] !== "unknown").sort((a, b) => a - b)[0],
};
