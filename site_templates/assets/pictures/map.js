// The map of similar papers: moved with a pointer, zoomed, walked through with arrow keys. Marks and names keep their size
// on the screen, so that zooming makes room for more names.

import { sides } from "./names.js";

const CLOSEST = 40;
const STEP = 1.6;
const [SMALLEST, LARGEST] = [0.2, 1]; // scales of marks
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Map {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    const { width, height } = this.svg.viewBox.baseVal;
    this.whole = { x: 0, y: 0, width, height };
    this.view = { ...this.whole };
    this.room = Number(this.svg.dataset.room);
    this.spots = Array.from(this.svg.querySelectorAll(".survey-similar__spot"), (link) => {
      const { e: x, f: y } = link.transform.baseVal.getItem(0).matrix;
      return { link, x, y, letters: link.querySelector("text").textContent.length, rank: Number(link.dataset.rank) };
    });
    this.ranked = this.spots.toSorted((a, b) => a.rank - b.rank);
    this.pointers = new globalThis.Map();
    this.svg.removeAttribute("aria-hidden");
    this.svg.setAttribute("role", "group");
    this.svg.setAttribute("aria-label", "Map of similar papers");
    this.#stop(this.spots[0]);
    for (const part of ["tools", "help"]) figure.querySelector(`[data-pictures="${part}"]`).hidden = false;
    this.#listen();
    new ResizeObserver(() => this.#draw()).observe(this.svg);
  }

  #listen() {
    const { svg } = this;
    this.figure.querySelector('[data-pictures="tools"]').addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.value === "all") this.#look(this.whole);
      else if (button) this.#zoom(button.value === "in" ? STEP : 1 / STEP);
    });
    svg.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    svg.addEventListener("dblclick", (event) => this.#zoom(STEP, event));
    svg.addEventListener("keydown", (event) => this.#key(event));
    // Not on the picture: Chromium makes a stop for the keyboard of what listens for the focus.
    this.figure.addEventListener("focusin", ({ target }) => this.#arrive(this.spots.find(({ link }) => link === target)));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => this.#press(event));
    svg.addEventListener("pointermove", (event) => this.#drag(event));
    for (const type of ["pointerup", "pointercancel"]) svg.addEventListener(type, (event) => this.#release(event));
    // What ends a drag is no click on the paper under the pointer.
    svg.addEventListener("click", (event) => this.dragged && (event.preventDefault(), event.stopPropagation()), { capture: true });
  }

  /** Pixels for a unit of the picture. */
  get scale() {
    return Math.min(this.svg.clientWidth / this.view.width, this.svg.clientHeight / this.view.height);
  }

  /** The point of the picture under the pointer. */
  #at({ clientX, clientY }) {
    const place = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x: place.x, y: place.y };
  }

  #look({ x, y, width, height }) {
    const whole = this.whole;
    const within = (start, size, all) => Math.min(Math.max(start, -size / 2), all - size / 2);
    this.view = { x: within(x, width, whole.width), y: within(y, height, whole.height), width, height };
    this.figure.toggleAttribute("data-closer", width < whole.width * 0.99);
    this.#draw();
  }

  /** Zoom by a factor; the point under the pointer, or the middle, stays where it is. */
  #zoom(factor, event) {
    const { x, y, width, height } = this.view;
    const closer = Math.min(Math.max((this.whole.width / width) * factor, 1), CLOSEST);
    if (closer === 1) return this.#look(this.whole);
    const fixed = event ? this.#at(event) : { x: x + width / 2, y: y + height / 2 };
    const share = this.whole.width / closer / width;
    return this.#look({
      x: fixed.x - (fixed.x - x) * share,
      y: fixed.y - (fixed.y - y) * share,
      width: width * share,
      height: height * share,
    });
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#zoom(Math.exp(-event.deltaY / 300), event);
  }

  #press(event) {
    if (event.button) return;
    this.pointers.set(event.pointerId, event);
    this.dragged = false;
  }

  #drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const others = [...this.pointers.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    if (!this.dragged && Math.hypot(dx, dy) < 4) return;
    if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    this.figure.dataset.held = "";
    this.pointers.set(event.pointerId, event);
    if (others.length) {
      const far = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
      this.#zoom(far(event) / Math.max(far(before), 1), event);
    } else {
      const { scale, view } = this;
      this.#look({ ...view, x: view.x - dx / scale, y: view.y - dy / scale });
    }
  }

  #release(event) {
    this.pointers.delete(event.pointerId);
    if (!this.pointers.size) delete this.figure.dataset.held;
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const spot = this.spots.find(({ link }) => link === document.activeElement);
    if (arrow && spot) this.#next(spot, arrow)?.link.focus();
    else if (event.key === "+") this.#zoom(STEP);
    else if (event.key === "-") this.#zoom(1 / STEP);
    else return;
    event.preventDefault();
  }

  /** The nearest paper in a direction: what lies aside of it counts as further away. */
  #next(from, [right, down]) {
    let [found, least] = [null, Infinity];
    for (const spot of this.spots) {
      const ahead = (spot.x - from.x) * right + (spot.y - from.y) * down;
      const aside = Math.abs((spot.x - from.x) * down) + Math.abs((spot.y - from.y) * right);
      if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) [found, least] = [spot, ahead + 2 * aside];
    }
    return found;
  }

  /** The one paper that the tabulator key goes to. */
  #stop(spot) {
    this.stop?.link.setAttribute("tabindex", "-1");
    this.stop = spot;
    spot.link.setAttribute("tabindex", "0");
  }

  /** Have the paper in view that the keyboard has come to. */
  #arrive(spot) {
    if (!spot) return;
    this.#stop(spot);
    const { x, y, width, height } = this.view;
    if (spot.x < x || spot.x > x + width || spot.y < y || spot.y > y + height) {
      this.#look({ ...this.view, x: spot.x - width / 2, y: spot.y - height / 2 });
    }
  }

  #draw() {
    const { x, y, width, height } = this.view;
    const { scale, svg } = this;
    if (!scale) return; // it is not shown
    svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    svg.style.setProperty("--unit", 1 / scale);
    svg.style.setProperty("--mark", Math.min(LARGEST, Math.max(SMALLEST, this.room * scale)));
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.#name());
  }

  /** Name the papers in view for which there is room. */
  #name() {
    const { scale, view } = this;
    const [width, height] = [this.svg.clientWidth, this.svg.clientHeight];
    const left = view.x + view.width / 2 - width / 2 / scale;
    const top = view.y + view.height / 2 - height / 2 / scale;
    const shown = [];
    for (const spot of this.ranked) {
      const place = { ...spot, x: (spot.x - left) * scale, y: (spot.y - top) * scale };
      if (place.x >= 0 && place.y >= 0 && place.x <= width && place.y <= height) shown.push(place);
      else delete spot.link.dataset.side;
    }
    for (const [{ link }, side] of sides(shown, width, height)) {
      if (side) link.dataset.side = side;
      else delete link.dataset.side;
    }
  }
}
