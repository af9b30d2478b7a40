// A button beside each paper that takes it into the basket or out of it.

import { element } from "../browse/text.js";
import { ROOT, basket, isKey } from "./store.js";

/** Where papers stand, wherever they are listed or compared. */
const PAPERS = ".survey-paper__title > a, .survey-table-compared th[scope=row] a, [data-browse=list] tbody td:first-child > a";
const FOLDER = new URL("papers/", ROOT).href;

/** The key of the paper that a link leads to. */
function keyOf(link) {
  const key = link.href.startsWith(FOLDER) ? link.href.slice(FOLDER.length).replace(/\/$/, "") : "";
  return isKey(key) ? key : null;
}

/** The keys of the papers that stand within a place, each once. */
export const keysWithin = (place) => [...new Set(papersWithin(place).map(([, key]) => key))];

/** Show on a button whether its paper is in the basket. */
function show(button) {
  const isIn = basket.has(button.dataset.pick);
  button.setAttribute("aria-pressed", isIn);
  button.title = isIn ? "Take out of the basket" : "Put into the basket";
  if ("named" in button.dataset) button.lastChild.textContent = isIn ? "In the basket" : "Put into the basket";
}

/** Make the button of a paper. */
export function picker(key, title, isNamed = false) {
  const style = isNamed ? "survey-button survey-pick survey-pick-named" : "survey-pick";
  const button = element("button", { type: "button", class: style, "data-pick": key, "data-named": isNamed });
  if (isNamed) button.append(element("span", {}));
  else button.setAttribute("aria-label", `In the basket: ${title}`);
  button.addEventListener("click", () => (basket.has(key) ? basket.remove(key) : basket.add(key)));
  show(button);
  return button;
}

/** The links to papers that stand within a place, each with its key. */
export const papersWithin = (place) => Array.from(place.querySelectorAll(PAPERS), (link) => [link, keyOf(link)]).filter(([, key]) => key);

/** Tell whoever wants to know that papers stand in a place now. */
export const announce = (place) => place.dispatchEvent(new CustomEvent("survey:papers", { bubbles: true }));

/** Put a button beside each paper within a place that has none. */
export function offer(place) {
  for (const [link, key] of papersWithin(place)) {
    if (!link.parentElement.querySelector(":scope > .survey-pick")) link.after(picker(key, link.textContent));
  }
  announce(place);
}

basket.addEventListener("change", () => document.querySelectorAll("[data-pick]").forEach(show));
