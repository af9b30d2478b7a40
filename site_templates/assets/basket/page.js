// The basket's own page: one's own papers, or those that a link shares: /basket/?papers=KEY,KEY

import { element, letters, nodes } from "../browse/text.js";
import { follow } from "./files.js";
import { picker } from "./pick.js";
import { ROOT, basket } from "./store.js";
import { files } from "./take.js";

const counted = (number) => (number === 1 ? "1 paper" : `${number} papers`);
const HERE = new URL("basket/", ROOT);

/** The keys that the address shares; nothing where it shares none. */
function shared() {
  const asked = new URLSearchParams(location.search).get("papers");
  return asked === null ? null : [...new Set(asked.split(",").map((key) => key.trim()).filter(Boolean))];
}

function button(label, work, isMain = false) {
  const made = element("button", { type: "button", class: isMain ? "survey-button survey-button-main" : "survey-button" }, label);
  made.addEventListener("click", work);
  return made;
}

/** A paper as lists have it. */
function card([key, [title, authors, year, venue, status]]) {
  const link = element("a", { href: new URL(`papers/${key}/`, ROOT).href }, nodes(title));
  const head = element("p", { class: "survey-paper__title" }, link, picker(key, letters(title)));
  if (status) link.after(" ", element("strong", { class: "survey-status" }, status));
  const facts = [authors, `${year}`, venue].filter(Boolean).join(" · ");
  return element("li", { class: "survey-paper" }, head, element("p", { class: "survey-paper__byline" }, facts));
}

export class Page {
  #turn = 0;

  constructor(root) {
    this.root = root;
    this.show();
  }

  /** Show what is in the basket, or what the address shares. An answer that comes too late is not shown. */
  async show() {
    const turn = ++this.#turn;
    const given = shared();
    try {
      const found = await follow(given ?? basket.keys);
      if (turn === this.#turn) this.#draw(given !== null, found);
    } catch (error) {
      console.warn("The basket could not be shown:", error);
      if (turn !== this.#turn) return;
      const keys = (given ?? basket.keys).join(", ");
      this.root.replaceChildren(element("p", { class: "survey-banner", role: "alert" }, `The papers could not be loaded. Nothing is lost: ${keys || "the basket is empty"}.`));
    }
  }

  #draw(isShared, found) {
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.pick : undefined;
    const place = [...this.root.querySelectorAll("[data-pick]")].findIndex((one) => one.dataset.pick === focused);
    const keys = [...found.cards.keys()];
    const parts = [...this.#notes(isShared, found)];
    if (keys.length) {
      parts.push(
        element("p", { class: "survey-results__count" }, isShared ? `${counted(keys.length)} shared by this link` : counted(keys.length)),
        element("div", { class: "survey-basket-actions" }, ...(isShared ? this.#sharedActions(keys) : this.#ownActions(keys))),
        element("h2", { id: "take" }, "Take away"),
        element("div", { class: "survey-take" }, ...files("basket", async () => keys)),
        element("h2", { id: "papers" }, "Papers"),
        element("ul", { class: "survey-papers" }, ...[...found.cards].map(card)),
      );
    } else {
      const search = element("a", { href: new URL("papers/", ROOT).href }, "The list of all papers");
      parts.push(element("p", { class: "survey-empty" }, isShared ? "This link shares no paper that the survey has. " : "Nothing yet. Pick papers on their pages, or wherever they are listed. ", search));
    }
    this.root.replaceChildren(...parts);
    if (focused === undefined) return;
    const left = this.root.querySelectorAll("[data-pick]");
    (left[Math.min(Math.max(place, 0), left.length - 1)] ?? this.root.querySelector("a"))?.focus();
  }

  /** Say what became of keys that no paper has, and where nothing can be kept. */
  *#notes(isShared, { cards, renamed, retired, unknown }) {
    if (!basket.isKept) yield element("p", { class: "survey-banner" }, "This browser keeps nothing for this site: the basket lasts for this visit. A link keeps it for longer.");
    const lines = [
      ...renamed.map(([key, now]) => `${key} is called ${now} now.`),
      ...retired.map(([key, reason]) => `${key} was retired: ${reason}`),
      ...unknown.map((key) => `${key} is no paper of this survey.`),
    ];
    if (!lines.length) return;
    const box = element("div", { class: "survey-banner", role: "note" }, element("ul", {}, ...lines.map((line) => element("li", {}, line))));
    if (!isShared) box.append(button("Keep only what is there, by its name of today", () => basket.replace([...cards.keys()])));
    yield box;
  }

  #sharedActions(keys) {
    const others = keys.filter((key) => !basket.has(key));
    const add = button(`Put ${others.length === keys.length ? "all" : `the other ${others.length}`} into your basket`, () => basket.add(...others), true);
    const own = element("a", { href: HERE.href, class: "survey-button" }, `Your own basket (${basket.size})`);
    return others.length ? [add, own] : [element("span", {}, "All of them are in your basket."), own];
  }

  #ownActions(keys) {
    const address = new URL(`?papers=${keys.join(",")}`, HERE).href;
    const link = element("input", { type: "text", readonly: true, value: address, "aria-label": "Link to these papers" });
    link.addEventListener("focus", () => link.select());
    const said = element("span", { role: "status" });
    const copy = button("Copy the link", () => navigator.clipboard.writeText(address).then(() => (said.textContent = "Copied"), () => link.focus()), true);
    const empty = button("Empty the basket", () => {
      const before = basket.keys;
      basket.replace([]);
      this.#undo(before);
    });
    return [element("p", { class: "survey-basket-link" }, link, ...(navigator.clipboard ? [copy] : []), said), empty];
  }

  /** Offer to have back what was thrown out. */
  async #undo(keys) {
    await this.show();
    const back = button(`Have the ${counted(keys.length)} back`, () => basket.add(...keys));
    this.root.append(element("p", {}, back));
    back.focus();
  }
}
