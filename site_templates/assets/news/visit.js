// When the reader was here last, and which papers have joined since: kept in this browser, told to nobody.

import { ROOT, isKey } from "../basket/store.js";

const NAME = `${ROOT.pathname}.survey-visit`;
const RECENT = new URL("assets/survey/recent.json", ROOT);

/** A visit ends when nothing was opened for this long, in milliseconds. */
const PAUSE = 30 * 60_000;

/**
 * What is kept: when a page was opened last (`at`), the newest day that was there then (`day`), the papers of that day (`keys`), since
 * more may join on it, and the papers that are new in this visit (`fresh`).
 */
function read() {
  try {
    const { at, day, keys, fresh } = JSON.parse(localStorage.getItem(NAME));
    const isSound = Number.isFinite(at) && typeof day === "string" && [keys, fresh].every((list) => Array.isArray(list) && list.every(isKey));
    return isSound ? { at, day, keys, fresh } : null;
  } catch {
    return null; // denied, or not ours
  }
}

function write(visit) {
  try {
    localStorage.setItem(NAME, JSON.stringify(visit));
  } catch {
    // denied, or full: then nothing is new at the next visit
  }
}

/** The papers of some days that were not there at a visit. */
function since(days, { day, keys }) {
  const known = new Set(keys);
  return Object.entries(days).flatMap(([one, papers]) => (one < day ? [] : papers.filter((key) => one > day || !known.has(key))));
}

/** The days that papers joined on, each with its papers. */
async function recent() {
  const response = await fetch(RECENT, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${RECENT}: status ${response.status}`);
  return response.json();
}

/** Note that a page was opened; return the papers that are new in this visit. The first visit has none. */
export async function visit() {
  const now = Date.now();
  const before = read();
  if (before && now - before.at < PAUSE && now >= before.at) {
    write({ ...before, at: now });
    return before.fresh;
  }
  const days = await recent();
  const day = Object.keys(days).sort().at(-1) ?? "";
  const fresh = before ? since(days, before) : [];
  write({ at: now, day, keys: days[day] ?? [], fresh });
  return fresh;
}

/** Say that what is new has been seen. */
export function seen() {
  const before = read();
  if (before) write({ ...before, fresh: [] });
}

/** Be told when another tab begins a visit or has seen what is new. */
export function changed(tell) {
  addEventListener("storage", ({ key, storageArea }) => {
    if (key === NAME && storageArea === localStorage) tell(read()?.fresh ?? []);
  });
}
