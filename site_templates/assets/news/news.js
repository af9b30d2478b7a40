// What is new to a reader who was here before: a mark on each such paper, and on two pages how many there are.

import { papersWithin } from "../basket/pick.js";
import { ROOT } from "../basket/store.js";
import { element } from "../browse/text.js";
import { changed, seen, visit } from "./visit.js";

let fresh = new Set();

/** Mark the papers that stand within a place, and unmark those that are new no more. */
function mark(place) {
  if (!fresh.size && !place.querySelector(".survey-new")) return;
  for (const [link, key] of papersWithin(place)) {
    const marked = link.parentElement.querySelector(":scope > .survey-new");
    if (fresh.has(key) === Boolean(marked)) continue;
    if (marked) marked.remove();
    else link.after(element("span", { class: "survey-new" }, "New"));
  }
}

/** Say how many papers are new, and offer to be done with them. */
function count(place) {
  if (!fresh.size) return place.replaceChildren();
  const what = fresh.size === 1 ? "1 paper is" : `${fresh.size} papers are`;
  const button = element("button", { type: "button", class: "survey-button" }, "I have seen them");
  button.addEventListener("click", () => {
    seen();
    show([]);
    place.replaceChildren(element("p", { role: "status" }, "Nothing is marked as new any more."));
  });
  const list = element("a", { href: new URL("changes/", ROOT).href }, `${what} new since your last visit`);
  return place.replaceChildren(element("p", { class: "survey-news" }, list, " ", button));
}

function show(keys) {
  fresh = new Set(keys);
  enhance();
}

function enhance() {
  const content = document.querySelector(".md-content");
  if (!content) return;
  mark(content);
  content.querySelectorAll('[data-news="count"]').forEach(count);
}

/** A page was opened, by whatever way. */
async function opened() {
  try {
    show(await visit());
  } catch (error) {
    console.warn("What is new could not be told:", error);
  }
}

document.addEventListener("survey:papers", ({ target }) => mark(target));
changed(show);
if (typeof document$ === "undefined") opened();
else document$.subscribe(opened);
