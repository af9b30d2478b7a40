// The compact file of all papers, taken apart. Papers are numbers, from the newest to the oldest.

import { fold, letters, slug } from "./text.js";

/** Years in a list; a single value stands for a list of one. */
const list = (value) => (Array.isArray(value) ? value : [value]);

/** Take the file apart. */
export function decode(raw) {
  const keys = raw.keys ? raw.keys.split(" ") : [];
  const names = raw.names.last.map((last, i) => (raw.names.given[i] ? `${raw.names.given[i]} ${last}` : last));
  const authors = raw.authors.map(list);
  const facets = raw.facets.map(decodeFacet);
  facets.splice(facets.findIndex(({ id }) => id === "venue") + 1, 0, authorFacet(names, raw.names.slugs, authors));
  facets.forEach((facet, index) => Object.assign(facet, { index }));
  const byId = new Map(facets.map((facet) => [facet.id, facet]));
  const titles = raw.titles.map(letters);
  const all = keys.map((_, paper) => paper);
  return {
    count: keys.length,
    all,
    keys,
    titles,
    shownTitles: raw.titles,
    years: Int16Array.from(raw.years.flatMap(([year, length]) => Array(length).fill(year))),
    added: raw.added,
    status: raw.status,
    names,
    authors,
    facets,
    byId,
    groupings: facets.slice(0, byId.get("venue").index),
    texts: keys.map((_, paper) => textOf(paper, titles[paper], raw.former[paper], names, authors[paper], byId)),
    orders: new Map(),
    /** The words that were asked for last, and the papers that have them. */
    last: { asked: [], papers: all },
  };
}

/** All that the words of a question are looked for in. */
function textOf(paper, title, former = [], names, authors, byId) {
  const venue = byId.get("venue");
  const tag = byId.get("tag");
  const tags = tag ? tag.own[paper].map((value) => tag.ids[value]) : [];
  const place = venue.own[paper].flatMap((value) => (venue.ids[value] === "unknown" ? [] : [letters(venue.labels[value]), venue.notes[value] ?? ""]));
  return fold([title, ...former, ...authors.map((name) => names[name]), ...place, ...tags].join("\n"));
}

function decodeFacet({ id, title, ids = [], labels = [], parents = {}, notes = {}, former = {}, column }) {
  const own = column.map(list);
  const above = ids.map((_, value) => {
    const line = [value];
    while (line.at(-1) in parents) line.push(parents[line.at(-1)]);
    return line;
  });
  return {
    id,
    title: letters(title),
    ids,
    labels,
    parents,
    notes,
    isTree: Object.keys(parents).length > 0,
    own,
    /** The values of each paper, with those that include them, each once. */
    values: own.map((values) => [...new Set(values.flatMap((value) => above[value]))]),
    find: finder(ids, former),
  };
}

/** Authors are found by who they are: a person may have signed in two ways. */
function authorFacet(names, slugs, authors) {
  const ids = [];
  const labels = [];
  const position = new Map();
  const person = names.map((name, entry) => {
    const id = slugs[entry] ?? slug(name);
    if (!position.has(id)) {
      position.set(id, ids.length);
      ids.push(id);
      labels.push(name);
    }
    return position.get(id);
  });
  const own = authors.map((entries) => [...new Set(entries.map((entry) => person[entry]))]);
  return { id: "author", title: "Author", ids, labels, parents: {}, notes: {}, isTree: false, own, values: own, find: finder(ids, {}) };
}

function finder(ids, former) {
  const position = new Map(ids.map((id, value) => [id, value]));
  return (id) => position.get(id) ?? position.get(former[id]);
}
