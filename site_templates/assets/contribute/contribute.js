// The form by which a paper is added: what is pasted fills it in, what stands in it is shown as a record, and the forge's
// own form is opened with that record. Nothing is sent anywhere before the contributor presses a button that names a host.

import { element } from "../browse/text.js";
import { readBibtex } from "./bibtex.js";
import { aboutKey, duplicates, Schema } from "./check.js";
import { Fields } from "./fields.js";
import { newFile } from "./forge.js";
import { arxivMonth, recognise } from "./identify.js";
import { fromEntry } from "./incoming.js";
import { proposedKey } from "./key.js";
import { lookUp, registries } from "./lookup.js";
import { canonical } from "./yaml.js";

const PAUSE = 250; // milliseconds after which typing has come to rest
const STORED = `survey-contribution ${location.pathname}`; // a host may have several surveys

/** What the form has to know, fetched when it is first used. */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
};

class Contribution {
  filled = {};
  touched = new Set();
  tried = false;
  proposed = "";

  constructor(form) {
    this.form = form;
    const places = form.querySelectorAll("[data-contribute]");
    this.part = Object.fromEntries(Array.from(places, (place) => [place.dataset.contribute, place]));
    this.fields = new Fields(form);
    this.key = this.fields.controls.get("key");
    const { address, host, parameterName: name, parameterContent: content } = form.dataset;
    this.forge = { address, host, name, content };
    this.#listen();
    if (!this.#restore() && this.part.paste.value) this.#recognise(); // it was pasted before the script was there
  }

  #listen() {
    const { part, form } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    part.paste.addEventListener("input", () => this.#later(() => this.#recognise()));
    part["by-hand"].addEventListener("click", () => this.#begin(true));
    part.again.addEventListener("click", () => this.#startOver());
    part.which.querySelector("select").addEventListener("change", ({ target }) => this.#take(this.entries[target.value]));
    part.body.addEventListener("input", () => this.update());
    part.body.addEventListener("change", ({ target }) => {
      this.touched.add(this.fields.nameOf(target));
      this.fields.askWhy();
      this.update();
    });
    part.open?.addEventListener("click", (event) => this.#open(event));
    part.copy.addEventListener("click", () => this.#whole() && this.#copy());
    part.download.addEventListener("click", () => this.#whole() && this.#download());
    part.summary.addEventListener("click", (event) => {
      const name = event.target.closest("a")?.dataset.name;
      if (!name) return;
      event.preventDefault();
      event.stopPropagation(); // the theme's own navigation would take the focus away again
      this.fields.show(name);
    });
  }

  #later(act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, PAUSE);
  }

  /** Have what the form has to know. Says so where that fails. */
  async #ready() {
    try {
      this.loading ??= Promise.all([
        fetched(this.form.dataset.schema),
        fetched(new URL("../contribute.json", import.meta.url)),
        import("./vendor/json-schema.js"),
      ]);
      const [schema, known, { Validator }] = await this.loading;
      if (!this.schema) {
        this.schema = new Schema(schema, Validator);
        this.known = { ...known, taken: new Set(known.taken.split(" ")), stop: new RegExp(`^(?:${known.stop})$`) };
        this.known.accepts = (name, text) => this.schema.accepts(name, text);
      }
      return true;
    } catch (error) {
      console.warn("The form could not be made ready:", error);
      this.loading = null;
      this.#say("The form could not be loaded. Below it says how to add a paper by hand.", true);
      return false;
    }
  }

  #say(text, alarm = false) {
    this.part.found.textContent = text;
    this.part.found.toggleAttribute("data-alarm", alarm);
  }

  // What was pasted.

  async #recognise() {
    const text = this.part.paste.value;
    const turn = (this.turn = Symbol("the last thing pasted"));
    this.#offer([]);
    this.#note([]);
    this.part.which.hidden = true;
    if (!text.trim()) return this.#say("");
    if (!(await this.#ready()) || turn !== this.turn) return;
    const found = recognise(text);
    if (!found) return this.#say("This is neither an identifier nor BibTeX. Paste one of these, or fill in the fields.", true);
    if (found.is === "bibtex") return this.#bibtex(text, turn);
    const { is, id } = found;
    const values = is === "arxiv" ? { arxiv: id, year: arxivMonth(id)[0], type: "preprint" } : { [is]: id };
    if (!this.schema.accepts(is, id)) return this.#say(`“${id}” looks like an identifier, but is none. Look for a slip.`, true);
    this.#fill(values);
    this.#say(`${this.fields.labels[is]}: ${id}. ${registries(found).length ? "Look it up, or fill in the fields." : "Fill in the other fields."}`);
    this.#offer(registries(found));
  }

  async #bibtex(text, turn) {
    this.#say("Reading …");
    const { entries, errors } = await readBibtex(text).catch(() => ({ entries: [], errors: ["The reader of BibTeX could not be loaded."] }));
    if (turn !== this.turn) return;
    if (!entries.length) return this.#say(`This BibTeX cannot be read. ${errors[0] ?? "It has no entry with a title or authors."}`, true);
    this.entries = entries;
    this.errors = errors;
    this.part.which.hidden = entries.length < 2;
    const named = entries.map(({ key, fields }, index) => element("option", { value: index }, fields.title ?? key));
    this.part.which.querySelector("select").replaceChildren(...named);
    this.#take(entries[0]);
  }

  /** Fill in the form from an entry. */
  #take(entry) {
    const { values, notes } = fromEntry(entry, this.known);
    this.#fill(values);
    this.#note([...notes, ...(this.errors ?? []).map((error) => `Not understood: ${error}`)]);
    this.#say(`Read: “${values.title ?? entry.key}”. See whether the fields are right.`);
  }

  #note(notes) {
    this.part.notes.hidden = !notes.length;
    this.part.notes.replaceChildren(...notes.map((note) => element("li", {}, note)));
  }

  /** Put up a button for each registry that may know the work. */
  #offer(known) {
    this.part.registries.hidden = !known.length;
    const buttons = known.map((registry) => {
      const button = element("button", { type: "button", class: "survey-button" }, `Look up at ${registry.host}`);
      button.addEventListener("click", () => this.#lookUp(registry));
      return element("li", {}, button);
    });
    this.part.registries.replaceChildren(...buttons);
  }

  async #lookUp(registry) {
    const { turn } = this;
    this.#say(`Asking ${registry.host} …`);
    try {
      const entry = await lookUp(registry);
      if (turn !== this.turn) return;
      this.errors = [];
      this.#take(entry);
      if (entry.posted && this.schema.accepts("first_posted", entry.posted)) this.#fill({ ...this.filled, first_posted: entry.posted });
      if (entry.published) this.#note([`It has been published since, as ${entry.published}. A record is of the published version: paste that DOI instead.`]);
    } catch (error) {
      if (turn === this.turn) this.#say(`${error.message} Fill in the fields yourself, or paste BibTeX.`, true);
    }
  }

  #fill(values) {
    this.fields.fill(values, this.filled);
    this.filled = values;
    this.#begin(false);
  }

  // The fields.

  /** Show the fields. */
  async #begin(focus) {
    if (!(await this.#ready())) return;
    this.part.body.hidden = false;
    this.part.again.hidden = false;
    this.part["by-hand"].hidden = true;
    const added = this.fields.controls.get("added");
    added.value ||= today();
    this.update();
    if (focus) this.fields.show("title");
  }

  /** Show the record that the fields make, and what is wrong with it. */
  update() {
    if (!this.schema) return;
    const record = this.fields.record(this.schema, this.known.venues);
    this.#name(record);
    this.problems = this.#problems(record);
    this.yaml = canonical(record, this.schema.root);
    this.part.yaml.textContent = this.yaml;
    this.path = `${this.form.dataset.folder}/${this.key.value.trim() || "KEY"}.yaml`;
    this.part.path.textContent = this.path;
    this.#report();
    this.#aim();
    this.#keep();
  }

  /** Propose a key, unless the contributor chose one. */
  #name(record) {
    if (this.key.value !== this.proposed) return;
    this.proposed = proposedKey(record, this.known);
    this.key.value = this.proposed;
  }

  #problems(record) {
    const found = [...this.schema.problems(record), ...this.fields.wrongAttributes(this.schema)];
    if (record.venue && !this.known.venues.some(({ key }) => key === record.venue)) {
      found.push({ field: "venue", message: "The survey does not know this venue. Choose one that it knows, or leave it open and name it in the pull request." });
    }
    const key = this.key.value.trim();
    const about = key || !found.length ? aboutKey(key, this.known.taken) : ""; // none is proposed before the rest is there
    if (about) found.push({ field: "key", message: about });
    const alike = duplicates(record, this.known);
    this.#alike(alike);
    const twins = alike.filter(({ certain }) => certain).map(({ field, message, key }) => ({ field, message: `${message} ${key}.` }));
    const last = new Map([...found, ...twins].map((one) => [one.field, one]));
    return Array.from(last.values());
  }

  #alike(found) {
    this.part.alike.hidden = !found.length;
    const shown = found.map(({ message, key }) => element("p", {}, `${message} `, element("a", { href: `${this.form.dataset.papers}${key}/` }, key)));
    if (this.part.alike.textContent !== shown.map((one) => one.textContent).join("")) this.part.alike.replaceChildren(...shown);
  }

  #report() {
    const { problems } = this;
    this.fields.mark(new Map(problems.filter(({ field, message }) => this.tried || (this.touched.has(field) && message)).map(({ field, message }) => [field, message])));
    const label = (field) => this.fields.labels[field] ?? field;
    const state = problems.length ? `Still to do: ${problems.map(({ field }) => label(field)).join(", ")}.` : "Ready. The check of the pull request looks at the rest.";
    if (this.part.state.textContent !== state) this.part.state.textContent = state;
    this.part.state.toggleAttribute("data-ready", !problems.length);
    this.part.summary.hidden = !this.tried || !problems.length;
    const links = problems.map(({ field, message }) => element("li", {}, element("a", { href: `#${this.fields.controls.get(field)?.id ?? ""}`, "data-name": field }, label(field)), `: ${message}`));
    const list = this.part.summary.querySelector("ul");
    if (list.textContent !== links.map((link) => link.textContent).join("")) list.replaceChildren(...links);
  }

  // Where it goes.

  /** Let the link lead to the forge's form with the record in it. */
  #aim() {
    if (!this.part.open) return;
    this.target = newFile(this.forge, this.path, this.yaml);
    this.part.open.href = this.target.href;
    this.part.open.textContent = this.target.carries ? `Open on ${this.forge.host}` : `Copy it and open ${this.forge.host}`;
    this.part.carried.hidden = !this.target.carries;
    this.part.long.hidden = !this.target.long;
    this.part.pasted.hidden = this.target.carries || Boolean(this.target.long);
  }

  /** Whether the record can go; if not, say why. */
  #whole() {
    this.tried = true;
    this.update();
    if (this.problems.length) this.part.summary.focus();
    return !this.problems.length;
  }

  async #open(event) {
    if (!this.#whole()) return event.preventDefault();
    if (this.target.carries) return;
    event.preventDefault();
    if (await this.#copy()) open(this.target.href, "_blank", "noopener");
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.yaml);
      this.part.state.textContent = "Copied.";
      return true;
    } catch {
      getSelection().selectAllChildren(this.part.yaml);
      this.part.state.textContent = "The browser does not let the page copy. The record is marked: copy it with the keyboard.";
      return false;
    }
  }

  #download() {
    const address = URL.createObjectURL(new Blob([this.yaml], { type: "application/yaml" }));
    element("a", { href: address, download: this.path.split("/").at(-1) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 0);
    this.part.state.textContent = "Downloaded.";
  }

  // What is kept while the tab is open.

  #keep() {
    const { filled, proposed } = this;
    try {
      sessionStorage.setItem(STORED, JSON.stringify({ pasted: this.part.paste.value, fields: this.fields.kept(), filled, proposed }));
    } catch {
      // A browser that keeps nothing has a form all the same.
    }
  }

  #restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(STORED));
    } catch {
      return false;
    }
    if (!kept) return false;
    Object.assign(this, { filled: kept.filled, proposed: kept.proposed });
    this.part.paste.value = kept.pasted;
    this.fields.restore(kept.fields);
    this.#say("What you had filled in is back.");
    this.#offer(registries(recognise(kept.pasted) ?? {}));
    this.#begin(false);
    return true;
  }

  #startOver() {
    sessionStorage.removeItem(STORED);
    Object.assign(this, { filled: {}, proposed: "", tried: false, turn: null, touched: new Set() });
    this.fields.restore([]);
    this.part.paste.value = "";
    for (const name of ["body", "again", "which"]) this.part[name].hidden = true;
    this.part["by-hand"].hidden = false;
    this.#offer([]);
    this.#note([]);
    this.#say("");
    this.part.paste.focus();
  }
}

/** Begin on a page that holds the form. */
export const start = (form) => new Contribution(form);
