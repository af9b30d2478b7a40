// The papers that were found, as a list or a table: the same HTML that the generator makes.

import { announce, picker } from "../basket/pick.js";
import { element, letters, nodes } from "./text.js";

const SHOWN_AUTHORS = 5;

/** The papers within a place; links lead below the site's root. */
export class Results {
  constructor(data, root, place, onSort) {
    Object.assign(this, { data, root, place, onSort });
  }

  /** Put papers into the place of those that are there, as the view has them. */
  show(papers, state) {
    const none = () => element("p", { class: "survey-empty" }, "No paper fits all of this. Take a filter away, or look for fewer words.");
    const isTable = state.view === "table";
    this.rows = isTable ? element("tbody") : element("ul", { class: "survey-papers" });
    this.make = isTable ? (paper) => this.#row(paper) : (paper) => this.#item(paper);
    this.add(papers);
    this.place.replaceChildren(!papers.length ? none() : isTable ? this.#table(state) : this.rows);
    announce(this.place);
  }

  /** Add papers below those that are there; return the first one's row. */
  add(papers) {
    const made = papers.map(this.make);
    this.rows.append(...made);
    announce(this.rows);
    return made[0];
  }

  #item(paper) {
    const venue = this.#venue(paper);
    const dot = () => element("span", { class: "survey-dot" }, "·");
    const byline = element("p", { class: "survey-paper__byline" }, `${this.#authors(paper)} `, dot(), " ", this.#year(paper));
    if (venue) byline.append(" ", dot(), " ", venue);
    const chips = this.data.groupings.flatMap((grouping) => this.#chips(grouping, paper));
    const item = element("li", { class: "survey-paper" }, element("p", { class: "survey-paper__title" }, ...this.#title(paper)), byline);
    if (chips.length) item.append(element("ul", { class: "survey-chips" }, ...chips.map((chip) => element("li", {}, chip))));
    return item;
  }

  #table(state) {
    const { groupings } = this.data;
    const wide = "survey-wide";
    const head = element(
      "tr",
      {},
      this.#header("title", "Title and authors", state, "ascending"),
      this.#header("year", "Year", state, "descending"),
      this.#header("venue", "Venue", state, "ascending", wide),
      ...groupings.map((grouping) => this.#header(grouping.id, grouping.title, state, "ascending", wide)),
    );
    const caption = element("caption", { class: "survey-spoken" }, "Papers");
    return element("table", { class: "survey-table" }, caption, element("thead", {}, head), this.rows);
  }

  #header(sort, label, state, first, style) {
    const turned = first === "ascending" ? "descending" : "ascending";
    const direction = state.sort === sort ? (state.turned ? turned : first) : undefined;
    const button = element("button", { type: "button", "data-sort": sort }, label);
    button.addEventListener("click", () => this.onSort(sort));
    return element("th", { scope: "col", class: style, "aria-sort": direction }, button);
  }

  #row(paper) {
    const [venue, place] = [this.#venue(paper), this.#venue(paper)];
    const authors = element("span", { class: "survey-table__authors" }, this.#authors(paper));
    const first = element("td", {}, ...this.#title(paper), authors);
    if (place) first.append(element("span", { class: "survey-narrow" }, place.textContent));
    const groups = this.data.groupings.map((grouping) => {
      const chips = this.#chips(grouping, paper).flatMap((chip, index) => (index ? [" ", chip] : [chip]));
      return element("td", { class: "survey-wide" }, ...chips);
    });
    const year = element("td", {}, `${this.data.years[paper]}`);
    return element("tr", {}, first, year, element("td", { class: "survey-wide" }, ...(venue ? [venue] : [])), ...groups);
  }

  #title(paper) {
    const key = this.data.keys[paper];
    const link = element("a", { href: `${this.root}papers/${key}/` }, nodes(this.data.shownTitles[paper]));
    const pick = picker(key, link.textContent);
    const status = this.data.status[paper];
    return status ? [link, pick, " ", element("strong", { class: "survey-status" }, status)] : [link, pick];
  }

  #authors(paper) {
    const names = this.data.authors[paper].map((name) => this.data.names[name]);
    return (names.length > SHOWN_AUTHORS + 1 ? [...names.slice(0, SHOWN_AUTHORS), "and others"] : names).join(", ");
  }

  #year(paper) {
    const year = this.data.years[paper];
    return element("a", { href: `${this.root}years/#year-${year}` }, `${year}`);
  }

  #venue(paper) {
    const venues = this.data.byId.get("venue");
    const [value] = venues.own[paper];
    if (venues.ids[value] === "unknown") return null;
    return element("a", { href: `${this.root}venues/#venue-${venues.ids[value]}`, title: venues.notes[value] }, letters(venues.labels[value]));
  }

  #chips(grouping, paper) {
    const path = grouping.id.replace(/^grouping\./, "");
    return grouping.own[paper].map((value) =>
      element("a", { class: "survey-chip", href: `${this.root}${path}/${grouping.ids[value]}/` }, nodes(grouping.labels[value])),
    );
  }
}
