// The fields of the form: what stands in them, as a record.

import { identifier } from "./identify.js";
import { author } from "./people.js";
import { oneLine } from "./text.js";
import { findVenue } from "./venues.js";

const control = (place) => place.querySelector("input, textarea, select");
const lines = (text) => text.split("\n").map(oneLine).filter(Boolean);

/** Text of several lines without what only an editor would see. */
const prose = (text) => text.split("\n").map((line) => line.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu, " ").trimEnd()).join("\n").trim();

/** The fields of the form on the page. */
export class Fields {
  constructor(form) {
    const places = Array.from(form.querySelectorAll('[data-contribute="field"]'));
    this.places = new Map(places.map((place) => [place.dataset.name, place]));
    this.controls = new Map(places.map((place) => [place.dataset.name, control(place)]));
    this.simple = places.filter((place) => place.dataset.kind);
    this.groups = Array.from(form.querySelectorAll('[data-contribute="group"]'));
    this.tags = Array.from(form.querySelectorAll('[data-contribute="tag"]'));
    this.attributes = Array.from(form.querySelectorAll('[data-contribute="attribute"]'));
    for (const place of this.attributes) {
      this.places.set(attributeField(place), place);
      this.controls.set(attributeField(place), control(place));
    }
    this.all = Array.from(form.querySelector('[data-contribute="body"]').querySelectorAll("input, textarea, select"));
    this.labels = Object.fromEntries(Array.from(this.places, ([name, place]) => [name, place.querySelector("label, legend").firstChild.textContent.trim()]));
  }

  /** The name of the field that a control is in. */
  nameOf(target) {
    return Array.from(this.places).find(([, place]) => place.contains(target))?.[0];
  }

  /** The record that the fields make; what is empty is left out. */
  record(schema, venues) {
    const found = this.simple.flatMap(({ dataset: { name, kind } }) => {
      const value = this.#value(name, kind, schema, venues);
      return value === "" || value.length === 0 ? [] : [[name, value]];
    });
    const record = Object.fromEntries(found);
    const groups = this.groups.filter(({ checked }) => checked).map((box) => this.#membership(box));
    const tags = this.tags.filter(({ checked }) => checked).map(({ value }) => value);
    const attributes = this.attributes.flatMap((place) => attribute(place));
    if (attributes.length) record.attributes = Object.fromEntries(attributes);
    if (groups.length) record.groups = groups;
    if (tags.length) record.tags = tags;
    return record;
  }

  #value(name, kind, schema, venues) {
    const text = this.controls.get(name).value;
    if (kind === "people") return lines(text).map(author);
    if (kind === "lines") return lines(text);
    if (kind === "text") return prose(text);
    const line = oneLine(text);
    if (kind === "venue") return (line && findVenue(venues, [line])?.key) || line;
    if (kind === "number") return schema.typed(name, line);
    const whole = identifier(line); // it may have been pasted as an address
    return whole?.is === name ? whole.id : line;
  }

  #membership(box) {
    const why = box.closest("li").querySelector("p");
    const note = oneLine(why.querySelector("input").value);
    return note ? { group: box.value, note } : { group: box.value };
  }

  /** What is wrong with attributes, whose types the survey declares: `{ field, message }`. */
  wrongAttributes(schema) {
    return this.attributes.flatMap((place) => {
      const message = wrongAttribute(place, schema);
      return message ? [{ field: attributeField(place), message }] : [];
    });
  }

  /** Ask why the paper belongs into each group that is chosen. */
  askWhy() {
    for (const box of this.groups) box.closest("li").querySelector("p").hidden = !box.checked;
  }

  /**
   * Fill in what was read; what the contributor typed stays.
   *
   * @param before What was filled in last, which goes.
   */
  fill(values, before) {
    for (const { dataset: { name } } of this.simple) {
      const one = this.controls.get(name);
      if (one.value && one.value !== before[name]) continue;
      if (values[name] ?? before[name]) one.value = values[name] ?? "";
    }
  }

  /** What stands in all fields, to be kept. */
  kept() {
    return this.all.map((one) => [one.id, one.type === "checkbox" ? one.checked : one.value]).filter(([, value]) => value);
  }

  restore(kept) {
    const values = new Map(kept);
    for (const one of this.all) {
      if (one.type === "checkbox") one.checked = values.get(one.id) ?? false;
      else one.value = values.get(one.id) ?? "";
    }
    this.askWhy();
  }

  /** Say beside the fields what is wrong with them, `messages` by name. */
  mark(messages) {
    for (const [name, place] of this.places) {
      const message = messages.get(name) ?? "";
      const error = place.querySelector(".survey-field__error");
      error.textContent = message;
      error.hidden = !message;
      this.controls.get(name).toggleAttribute("aria-invalid", Boolean(message));
      if (message) this.controls.get(name).setAttribute("aria-invalid", "true");
    }
  }

  /** Bring a field before the contributor's eyes. */
  show(name) {
    const one = this.controls.get(name);
    const folded = one?.closest("details");
    if (folded) folded.open = true;
    one?.focus();
  }
}

const attributeField = (place) => `attributes.${place.dataset.name}`;

function wrongAttribute(place, schema) {
  const value = oneLine(control(place).value);
  const { type } = place.dataset;
  if (type === "number" && !value && oneLine(place.querySelector("[data-of]").value)) return "The number is missing.";
  if (!value || value === "n/a") return "";
  if (type === "number" && !/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,2})?$/i.test(value)) return "Write a number, such as 2.5, or n/a where it cannot apply.";
  return type === "link" && !schema.accepts("url", value) ? "Write a whole address: https://example.org/page." : "";
}

/** An attribute's value, as an entry, or none. */
function attribute(place) {
  const { name, type } = place.dataset;
  if (type === "choices") {
    const chosen = Array.from(place.querySelectorAll(":checked"), ({ value }) => value);
    return chosen.length ? [[name, chosen.includes("n/a") ? "n/a" : chosen]] : [];
  }
  const value = oneLine(control(place).value);
  const of = oneLine(place.querySelector("[data-of]")?.value ?? "");
  return value ? [[name, of ? { value, of } : value]] : [];
}
