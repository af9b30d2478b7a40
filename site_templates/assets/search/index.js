// The index as `survey generate` writes it: which entries a word describes, and what is shown of an entry. Entries are numbers.

const FOLDER = new URL("../index/", import.meta.url);
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const DIGIT = new Map(Array.from(DIGITS, (letter, digit) => [letter, digit]));

/** How well a word describes an entry, at most; and the level of what is the entry's name in a catalogue. */
export const LEVELS = 15;
const EXACT = LEVELS + 1;

/** How many files the words that begin with something may fill before the rest is left out, by its length. */
const SPAN = { 2: 2 };
const WIDEST = 4;

let opened = null;

/** Read what the other files are, once; after a failure the next use tries again. */
export function open() {
  opened ??= read("index", "no-cache").then((summary) => new Index(summary));
  return opened.catch((error) => {
    opened = null;
    throw error;
  });
}

async function read(path, cache = "default") {
  const response = await fetch(new URL(`${path}.json`, FOLDER), { cache });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response.json();
}

/** Numbers that were written as the steps between them. */
function* numbers(text) {
  let [last, step, shift] = [0, 0, 0];
  for (const letter of text) {
    const digit = DIGIT.get(letter);
    step |= (digit & 31) << shift;
    shift += 5;
    if (digit > 31) continue;
    yield (last += step);
    [step, shift] = [0, 0];
  }
}

class Index {
  #parts = new Map();

  constructor({ version, count, kinds, common, terms, entries, words }) {
    Object.assign(this, { version, count, kinds, terms, words, common: new Set(common), starts: [...numbers(entries)] });
  }

  /** A part of the index, fetched once. A browser may have kept one of an index that is no more. */
  #part(path) {
    if (!this.#parts.has(path)) {
      this.#parts.set(
        path,
        this.#fetch(path).catch((error) => {
          this.#parts.delete(path);
          throw error;
        }),
      );
    }
    return this.#parts.get(path);
  }

  async #fetch(path) {
    for (const cache of ["default", "reload"]) {
      const part = await read(path, cache);
      if (part.version === this.version) return part;
    }
    opened = null;
    throw new Error(`${path} is of another index`);
  }

  /** The words that begin with something: `[word, levels]`, where levels are `[level, entries]`. */
  async beginning(with_) {
    const first = Math.max(0, above(this.terms, with_) - 1);
    const last = Math.max(first + 1, above(this.terms, `${with_}\uffff`));
    const span = Math.min(last, first + (SPAN[with_.length] ?? WIDEST));
    const paths = Array.from({ length: this.count && span - first }, (_, place) => `terms/${first + place}`);
    const parts = await Promise.all(paths.map((path) => this.#part(path)));
    const found = parts.flatMap(({ terms }) => Object.entries(terms).filter(([term]) => term.startsWith(with_)));
    return found.map(([term, levels]) => [term, Object.entries(levels).map(([level, text]) => [Number(level), text])]);
  }

  /** How well each entry is described by a word, or one that begins with it: 0 to 1. */
  async describing(word, whole = false) {
    const scores = new Float32Array(this.count);
    for (const [term, levels] of await this.beginning(word)) {
      const same = term === word;
      if (!same && (whole || word.length < 2)) continue;
      const share = (same ? 1 : (0.75 * word.length) / term.length) / LEVELS;
      for (const [level, text] of levels) {
        const score = share * Math.min(level, LEVELS);
        for (const entry of numbers(text)) if (scores[entry] < score) scores[entry] = score;
      }
    }
    return scores;
  }

  /** The entries whose key or identifier this is, or else begins with this. */
  async named(id) {
    const found = [];
    for (const [term, levels] of await this.beginning(id)) {
      for (const [level, text] of levels) {
        if (level === EXACT) found.push(...Array.from(numbers(text), (entry) => ({ entry, same: term === id })));
      }
    }
    return found;
  }

  /** What is shown of an entry. */
  async entry(number) {
    const block = above(this.starts, number) - 1;
    const { entries } = await this.#part(`entries/${block}`);
    const [kind, url, title, people, about, text] = entries[number - this.starts[block]];
    return { kind: this.kinds[kind], url, title, people, about, text };
  }

  /** The words of titles and names that have so many letters, the most frequent first. */
  async vocabulary(length) {
    return this.words.includes(length) ? (await read(`words/${length}`)).words.split(" ") : [];
  }
}

/** How many of the sorted values do not come after this one. */
function above(values, value) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
