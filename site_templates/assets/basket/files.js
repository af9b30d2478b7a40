// Bibliographies of any papers: the entries that the generator wrote, sorted by key, between what stands around them in each format.
// Nothing is formatted here, so the bytes are those of `survey export`.

import { ROOT } from "./store.js";

const FOLDER = new URL("assets/survey/entries/", ROOT);
const loaded = new Map();

/** Fetch something once; after a failure the next use tries again. */
function once(url, options, take) {
  if (!loaded.has(url.href)) {
    const answer = fetch(url, options).then((response) => (response.ok ? take(response) : Promise.reject(new Error(`${url}: status ${response.status}`))));
    answer.catch(() => loaded.delete(url.href));
    loaded.set(url.href, answer);
  }
  return loaded.get(url.href);
}

/** What the files are called and where each begins; a kept one is asked for anew, since it says which of the others are. */
export const directory = () => once(new URL("directory.json", FOLDER), { cache: "no-cache" }, (response) => response.json());

/** The file that holds a key, if any does: the last that begins with it or one before it. */
const place = (starts, key) => starts.findLastIndex((start) => start <= key);

/** Return what the files of a kind hold of keys; those that no paper has are not there. */
export async function entries(kind, keys) {
  const { starts, versions } = await directory();
  const numbers = [...new Set(keys.map((key) => place(starts, key)))].filter((number) => number >= 0);
  const files = await Promise.all(
    numbers.map((number) => once(new URL(`${kind}/${number}.json?${versions[kind][number]}`, FOLDER), {}, (response) => response.json())),
  );
  const known = new Map(files.flatMap((file) => Object.entries(file)));
  return new Map(keys.filter((key) => known.has(key)).map((key) => [key, known.get(key)]));
}

/** Write the bibliography of papers in a format, given by its name. */
export async function bibliography(name, keys) {
  const { count, formats } = await directory();
  const form = formats.find((one) => one.name === name);
  const wanted = [...new Set(keys)].sort();
  if (wanted.length === count) return once(new URL(form.whole, ROOT), { cache: "no-cache" }, (response) => response.text());
  const found = await entries(name, wanted);
  return form.head + [...found.values()].join(form.between) + form.tail;
}

/** Follow keys: those of papers, each once; former ones with what they are now; retired ones with the reason; the rest. */
export async function follow(keys) {
  const { former, retired } = await directory();
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const cards = await entries("cards", [...new Set(keys.map((key) => own(former, key) ?? key))]);
  const others = keys.filter((key) => !cards.has(key));
  return {
    cards,
    renamed: others.filter((key) => own(former, key)).map((key) => [key, former[key]]),
    retired: others.filter((key) => own(retired, key)).map((key) => [key, retired[key]]),
    unknown: others.filter((key) => !own(former, key) && !own(retired, key)),
  };
}
