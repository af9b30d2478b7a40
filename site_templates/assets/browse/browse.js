// The list of all papers, narrowed as the reader asks. The page is whole without it; nothing is fetched before a filter
// is used, or an address that names one is opened.

import { takeAway } from "../basket/take.js";
import { Choices } from "./choices.js";
import { decode } from "./data.js";
import { find, tally } from "./filter.js";
import { Results } from "./results.js";
import { PAGE, UNWANTED, choose, initial, read, sorts, write } from "./state.js";
import { element, letters } from "./text.js";
import { Years } from "./years.js";

const PAUSE = 300; // milliseconds after which typing has come to rest
const SCREEN = 12; // papers that are shown at once; the others follow when these are to be seen
let loading = null;
let current = null;

/** Fetch the file of all papers, once; after a failure the next use tries again. */
function load() {
  loading ??= fetch(new URL("../browse.json", import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`status ${response.status}`))))
    .then(decode)
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** Do something when what was changed up to now is to be seen. */
const afterPaint = (work) => requestAnimationFrame(() => setTimeout(work));

/** The part of the page with this name. */
const part = (root, name) => root.querySelector(`[data-browse="${name}"]`);

class Browse {
  state = initial();

  constructor(root) {
    this.root = root;
    for (const name of ["find", "sort", "turn", "drawer", "active", "facets", "done", "years", "count", "stale", "filters", "list"]) {
      this[name] = part(root, name);
    }
    this.views = root.querySelectorAll('[data-browse="view"]');
    const question = new URLSearchParams(location.search).get("find");
    if (question !== null) this.find.value = question;
    part(root, "take").append(takeAway("Take all of these away", "papers", () => this.#keys()));
    this.#listen();
    this.early = this.#early(question);
    this.isEarly = Object.keys(this.early).length > 0;
    if (this.isEarly || /[?&][^&=]+=/.test(location.search) || this.facets.querySelector("details[open]")) this.ready();
  }

  /** What a reader who was quicker than this script has typed and chosen, other than the address says. */
  #early(question) {
    const isTyped = question === null && this.find.value;
    const isSorted = this.sort.value !== this.state.sort;
    return { ...(isTyped && { question: this.find.value }), ...(isSorted && { sort: this.sort.value }), ...this.range?.chosen() };
  }

  #listen() {
    part(this.root, "tools").addEventListener("submit", (event) => event.preventDefault());
    this.find.addEventListener("input", () => this.#set({ question: this.find.value }, true));
    this.sort.addEventListener("change", () => this.#set({ sort: this.sort.value, turned: false }));
    this.turn.addEventListener("click", () => this.#change((state) => (state.turned = !state.turned)));
    for (const button of this.views) button.addEventListener("click", () => this.#set({ view: button.value }));
    this.drawer.addEventListener("click", () => this.#draw());
    this.done.addEventListener("click", () => {
      this.#draw();
      this.count.focus();
    });
    // Whoever comes near is about to use it; whoever is there finds all of it ready, so that the first key is no slower than the next.
    for (const place of [part(this.root, "tools"), this.facets]) {
      place.addEventListener("pointerenter", () => load().catch(() => {}), { once: true });
      place.addEventListener("focusin", () => load().then(() => this.data ?? this.ready()).catch(() => {}), { once: true });
    }
    this.facets.addEventListener("toggle", () => this.ready(), { capture: true });
    if (this.years) this.range = new Years(this.years, (from, to, moving) => this.#set({ from, to }, moving));
  }

  /** Open or close the drawer that holds the filters where the window is narrow. */
  #draw() {
    this.drawer.setAttribute("aria-expanded", this.facets.toggleAttribute("data-open"));
  }

  /** Have the data, and what the address asks for in place. */
  async ready() {
    const isFirst = !this.data;
    const isThere = await this.#have();
    if (isFirst && isThere) {
      this.#show(true);
      if (this.isEarly) this.#address("replace");
    }
    return isThere;
  }

  /** Have the data, and say so where that fails. */
  async #have() {
    try {
      const data = await load();
      if (!this.data) this.#begin(data);
      return true;
    } catch (error) {
      console.warn("The papers could not be loaded:", error);
      this.stale.textContent = "The filters could not be loaded. The lists by year, venue and author hold all papers.";
      this.stale.hidden = false;
      return false;
    }
  }

  #begin(data) {
    this.data = data;
    this.results = new Results(data, this.root.dataset.root, this.list, (sort) => this.#sortBy(sort));
    this.panels = Array.from(this.facets.querySelectorAll('[data-browse="facet"]'), (place) => {
      return new Choices(place, data.byId.get(place.dataset.facet), (...chosen) => this.#change((state) => choose(state, ...chosen)));
    });
    this.#read({ ...this.early, question: this.find.value });
  }

  /** Show what the address asks for. */
  restore() {
    if (!this.data) return this.ready();
    this.#read();
    return this.#show(true);
  }

  /** Read the address; what the reader has chosen since comes first. */
  #read(chosen) {
    const { state, unknown } = read(location.search, this.data);
    this.state = { ...state, ...chosen };
    this.search = location.search;
    if (!chosen) this.find.value = state.question;
    this.stale.hidden = !unknown.length;
    if (unknown.length) {
      const named = unknown.map(({ name, value }) => `${name} “${value}”`).join(", ");
      this.stale.textContent = `This address asks for what the survey does not have: ${named}. It was left out.`;
    }
  }

  #set(fields, moving = false) {
    return this.#change((state) => Object.assign(state, fields), moving);
  }

  /** Change what is asked for, show it, and say it in the address: at once, or when the reader comes to rest. */
  async #change(change, moving = false) {
    if (!(await this.#have())) return;
    const before = write(this.state, this.data);
    change(this.state);
    if (write({ ...this.state, shown: PAGE }, this.data) !== before) this.state.shown = PAGE;
    this.#show();
    clearTimeout(this.timer);
    if (moving) this.timer = setTimeout(() => this.#address(this.moved ? "replace" : "push", true), PAUSE);
    else this.#address("push");
  }

  /** Write the address. One step back undoes a whole run of typing or sliding. */
  #address(how, moving = false) {
    const search = write(this.state, this.data);
    if (!this.root.isConnected || search === this.search) return;
    const url = `${location.pathname}${search}`;
    if (how === "replace") history.replaceState(history.state, "", url);
    else history.pushState(null, "", url);
    this.moved = moving;
    this.search = search;
    this.stale.hidden = true;
  }

  /** The citation keys of all papers that are found, shown or not. */
  async #keys() {
    if (!(await this.ready())) throw new Error("the papers could not be loaded");
    return this.found.map((paper) => this.data.keys[paper]);
  }

  #sortBy(sort) {
    const turned = this.state.sort === sort && !this.state.turned;
    this.#set({ sort, turned }).then(() => this.list.querySelector(`[data-sort="${CSS.escape(sort)}"]`)?.focus());
  }

  /** Show what is found: what a screen holds, and when that is to be seen, or if all is wanted at once, the rest and the numbers. */
  #show(atOnce = false) {
    const { data, state } = this;
    const { papers, verdicts } = find(data, state);
    this.found = papers;
    this.results.show(papers.slice(0, SCREEN), state);
    this.range?.choose(state);
    this.#controls();
    const counted = (number) => (number === 1 ? "1 paper" : `${number} papers`);
    const all = counted(data.count);
    this.done.textContent = `Show ${counted(papers.length)}`;
    this.count.textContent = papers.length === data.count ? all : `${papers.length} of ${all}`;
    this.#filters();
    this.list.setAttribute("aria-busy", true);
    if (atOnce) this.#complete(verdicts);
    else afterPaint(() => this.found === papers && this.#complete(verdicts));
  }

  #complete(verdicts) {
    const { data, state, found } = this;
    this.results.add(found.slice(SCREEN, state.shown));
    this.#more();
    const { counts, years } = tally(data, verdicts);
    this.panels.forEach((panel) => panel.update(counts[panel.facet.index], state.chosen.get(panel.facet)));
    this.range?.update(years);
    this.list.removeAttribute("aria-busy");
  }

  #controls() {
    const { state } = this;
    const known = Array.from(this.sort.options, (option) => option.value);
    if (!known.includes(state.sort)) this.sort.append(element("option", { value: state.sort }, this.data.byId.get(state.sort).title));
    this.sort.value = state.sort;
    this.turn.setAttribute("aria-pressed", state.turned);
    for (const button of this.views) button.setAttribute("aria-pressed", button.value === state.view);
  }

  /** Offer to show more, where there is more. */
  #more() {
    const { found, state } = this;
    if (found.length <= state.shown) return;
    const next = found.slice(state.shown, state.shown + PAGE);
    const button = element("button", { type: "button", class: "survey-button" }, `Show ${next.length} more of ${found.length - state.shown}`);
    const place = element("p", { class: "survey-more" }, button);
    button.addEventListener("click", () => {
      state.shown += PAGE;
      this.results.add(next).querySelector("a").focus();
      place.remove();
      this.#more();
      this.#address("replace");
    });
    this.list.append(place);
  }

  /** List the filters in use, each with a button that takes it away. */
  #filters() {
    const { state } = this;
    const used = [];
    for (const [facet, chosen] of state.chosen) {
      for (const [value, sign] of chosen) {
        const name = `${facet.title}${sign === UNWANTED ? ", not" : ""}: ${letters(facet.labels[value])}`;
        used.push([name, (one) => choose(one, facet, value, 0), sign]);
      }
    }
    if (state.from !== null || state.to !== null) {
      used.push([`Year: ${part(this.root, "span").textContent}`, (one) => Object.assign(one, { from: null, to: null })]);
    }
    this.active.hidden = !used.length;
    this.active.textContent = used.length;
    const words = state.question.trim();
    if (words) used.unshift([`“${words}”`, (one) => (one.question = this.find.value = "")]);
    this.filters.hidden = !used.length;
    const buttons = used.map(([name, drop, sign]) => this.#filter(name, drop, sign));
    if (used.length > 1) buttons.push(this.#filter("Clear all", (one) => this.#clear(one), 0));
    this.filters.replaceChildren(element("ul", { class: "survey-chips survey-used", "aria-label": "Filters in use" }, ...buttons));
  }

  #clear(state) {
    this.find.value = "";
    Object.assign(state, { question: "", chosen: new Map(), from: null, to: null });
  }

  #filter(name, drop, sign) {
    const clears = sign === 0;
    const button = element("button", { type: "button", class: clears ? "survey-used__clear" : "survey-chip", "data-sign": sign }, name);
    if (!clears) {
      button.setAttribute("aria-label", `Take away ${name}`);
      button.append(element("span", { "aria-hidden": "true" }, " ×"));
    }
    button.addEventListener("click", async () => {
      const position = [...this.filters.querySelectorAll("button")].indexOf(button);
      await this.#change(drop);
      const left = this.filters.querySelectorAll("button");
      (left[Math.min(position, left.length - 1)] ?? this.find).focus();
    });
    return element("li", {}, button);
  }
}

/** Begin on a page that holds the list, unless another has taken its place while this script was on its way. */
export function start(root) {
  if (root.isConnected) current = new Browse(root);
}

/** The back button was used, or the one for forward. */
addEventListener("popstate", () => {
  if (current?.root.isConnected && current.search !== undefined && current.search !== location.search) current.restore();
});

/** A link to this very page changes nothing but what is asked for; the theme's own navigation would undo it. */
addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || link.target || !plain || !current?.root.isConnected) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash || link.search === location.search) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(null, "", link.href);
    current.restore();
  },
  { capture: true },
);
