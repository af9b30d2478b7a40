// The search: a dialog with a box and the list of what it finds. The index is fetched when the dialog is first opened.

import { element } from "../browse/text.js";
import { find, marker, meant } from "./find.js";
import { open as openIndex } from "./index.js";
import { action, at, result } from "./results.js";

const PAGE = 10; // results at first, and more each time that more are asked for
const FIRST = 5;
const PAUSE = 300; // milliseconds after which typing has come to rest
const KEYS = new Set(["/", "s", "f"]);

class Search {
  #turn = 0;

  constructor() {
    this.box = element("input", {
      type: "text", inputmode: "search", enterkeyhint: "go", placeholder: "Papers, topics, authors, keys …",
      role: "combobox", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "survey-find-list",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    });
    this.status = element("p", { class: "survey-find__status", role: "status" });
    this.list = element("div", { class: "survey-find__list", role: "listbox", id: "survey-find-list", "aria-label": "Results" });
    const close = element("button", { type: "button", class: "survey-find__close" }, "Close");
    this.dialog = element(
      "dialog",
      { class: "survey-find", "aria-label": "Search" },
      element("form", { role: "search", class: "survey-find__form" }, this.box, close),
      this.status,
      this.list,
      element("p", { class: "survey-find__keys", "aria-hidden": "true" }, keys("↑", "↓"), "choose", keys("Enter"), "open", keys("Esc"), "close"),
    );
    document.body.append(this.dialog);
    close.addEventListener("click", () => this.dialog.close());
    this.box.addEventListener("input", () => this.#ask());
    this.dialog.addEventListener("keydown", (event) => this.#press(event));
    this.dialog.addEventListener("submit", (event) => event.preventDefault());
    this.dialog.addEventListener("close", () => this.#closed());
    this.dialog.addEventListener("click", (event) => this.#click(event));
  }

  /** Show the dialog, with a question if there is one. */
  open(question) {
    if (!this.dialog.open) this.dialog.showModal();
    this.box.focus();
    if (question !== undefined) this.box.value = question;
    this.box.select();
    this.left = false;
    this.#ask();
  }

  /** Have the dialog gone, and the address as it is. */
  leave() {
    this.left = true;
    this.dialog.close();
  }

  get options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  }

  /** Find what the box asks for. An answer that comes after another question was asked is not shown. */
  async #ask() {
    const question = this.box.value;
    const turn = ++this.#turn;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#address(question), PAUSE);
    try {
      const index = await openIndex();
      if (!question.trim()) {
        if (turn === this.#turn) this.#show("", []);
        return;
      }
      const found = await find(index, question);
      if (turn !== this.#turn) return;
      const others = found.unknown.length ? await meant(index, question, found.unknown) : [];
      // A browser asks a host for six files at once: the first results need not wait for the rest of them.
      const [first, rest] = [this.#results(index, found.entries, question, 0, FIRST), this.#results(index, found.entries, question, FIRST, PAGE)];
      rest.catch(() => {}); // what fails there is told below
      const shown = await first;
      if (turn !== this.#turn) return;
      this.#answer(found, others, shown);
      const further = await rest;
      if (turn !== this.#turn) return;
      this.list.append(...further);
      this.#more(index, question, found.entries, PAGE);
    } catch (error) {
      if (turn !== this.#turn) return;
      console.warn("The search could not be loaded:", error);
      this.#show("The search could not be loaded. Try again, or see ", []);
      this.status.append(element("a", { href: at("papers/") }, "the list of all papers"), ".");
    }
  }

  async #results(index, entries, question, from, to) {
    const isAsked = marker(index, question);
    const some = await Promise.all(entries.slice(from, to).map((entry) => index.entry(entry)));
    return some.map((entry, place) => result(entry, from + place, isAsked));
  }

  #answer({ entries, complete }, others, shown) {
    const suggestions = others.map((other, place) => {
      const suggestion = action(`meant-${place}`, "Did you mean ", element("strong", {}, other), "?");
      suggestion.choose = () => this.open(other);
      return suggestion;
    });
    const number = entries.length === 1 ? "1 result" : `${entries.length} results`;
    const near = entries.length ? `Nothing has all of these words. ${number} with some of them` : "Nothing was found";
    this.#show(complete ? number : near, [...suggestions, ...shown]);
  }

  /** Offer more of what was found. */
  #more(index, question, entries, shown) {
    if (entries.length <= shown) return;
    const more = action("more", `Show ${Math.min(PAGE, entries.length - shown)} more of ${entries.length - shown}`);
    more.choose = async () => {
      const turn = this.#turn;
      const further = await this.#results(index, entries, question, shown, shown + PAGE);
      if (turn !== this.#turn) return;
      more.replaceWith(...further);
      this.#more(index, question, entries, shown + further.length);
      this.#select(further[0]);
    };
    this.list.append(more);
  }

  #show(status, options) {
    this.status.textContent = status;
    this.list.replaceChildren(...options);
    this.list.scrollTop = 0;
    this.box.setAttribute("aria-expanded", options.length > 0);
    this.#select(options.find((option) => !option.choose) ?? options[0]);
  }

  #select(option) {
    for (const one of this.list.querySelectorAll('[aria-selected="true"]')) one.setAttribute("aria-selected", "false");
    this.selected = option;
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  #press(event) {
    if (event.isComposing || event.target !== this.box) return;
    const { options } = this;
    const place = options.indexOf(this.selected);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1 + options.length, PageDown: Math.min(place + 5, options.length - 1), PageUp: Math.max(place - 5, 0) };
    if (event.key in to && options.length) this.#select(options[to[event.key] % options.length]);
    else if (event.key === "Enter") this.#choose(this.selected, event);
    else return;
    event.preventDefault();
  }

  #choose(option, { ctrlKey, metaKey, shiftKey }) {
    if (option?.choose) option.choose();
    else option?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  }

  #click(event) {
    if (event.target === this.dialog) return this.dialog.close(); // beside it
    event.target.closest("[data-action]")?.choose();
  }

  /** Say in the address what is asked for, so that it can be linked and comes back with the back button. */
  #address(question) {
    if (!this.dialog.open && question) return;
    const url = new URL(location);
    if (question.trim()) url.searchParams.set("q", question.trim());
    else url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  #closed() {
    clearTimeout(this.timer);
    if (this.left) this.#address(this.box.value);
    else this.#address("");
  }
}

const keys = (...names) => element("span", {}, ...names.map((name) => element("kbd", {}, name)));

/** Whether a key that is pressed there is meant for what is typed into. */
const isTyping = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable]"));

const button = document.querySelector("[data-find]");
if (button) {
  let search = null;
  const start = (question) => (search ??= new Search()).open(question);
  const restore = () => {
    const question = new URLSearchParams(location.search).get("q");
    if (question) start(question);
    else if (search?.dialog.open) search.leave();
  };
  button.addEventListener("click", () => start());
  for (const type of ["pointerenter", "focus"]) button.addEventListener(type, () => openIndex().catch(() => {}), { once: true });
  document.addEventListener("keydown", (event) => {
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
    const known = plain ? KEYS.has(event.key) && !isTyping(event.target) : event.key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey;
    if (!known || search?.dialog.open) return;
    event.preventDefault();
    start();
  });
  // Before the page's own listeners: the theme's navigation swaps pages without leaving this document.
  addEventListener("click", (event) => follow(event, search), { capture: true });
  addEventListener("pageshow", (event) => event.persisted && restore());
  if (typeof document$ === "undefined") restore();
  else document$.subscribe(restore);
}

/** Follow a result: the dialog goes, and its question stays in the address that one comes back to. */
function follow(event, search) {
  const link = event.target.closest?.('.survey-find a[role="option"]');
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  search.leave();
  if (link.pathname !== location.pathname || link.search) return;
  // The page is here already, and the theme's navigation would undo a change of the question alone.
  event.preventDefault();
  event.stopPropagation();
  history.pushState(null, "", link.pathname);
  if (link.hash) location.replace(link.hash);
  else scrollTo(0, 0);
}
