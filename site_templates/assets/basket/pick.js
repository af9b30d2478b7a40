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
export const keysWithin = (place) => [...new Set(Array.from(place.querySelectorAll(PAPERS), keyOf).filter(Boolean))];

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

/** Put a button beside each paper within a place that has none. */
export function offer(place) {
  for (const link of place.querySelectorAll(PAPERS)) {
    const key = keyOf(link);
    if (key && !link.parentElement.querySelector(":scope > .survey-pick")) link.after(picker(key, link.textContent));
  }
}

basket.addEventListener("change", () => document.querySelectorAll("[data-pick]").forEach(show));
