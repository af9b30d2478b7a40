// The histogram of years: a range of it is chosen with a pointer, or with two sliders.

/** The years on the page; `onRange(from, to, moving)` is told what the reader does. */
export class Years {
  constructor(place, onRange) {
    const part = (name) => place.querySelector(`[data-browse="${name}"]`);
    Object.assign(this, { onRange, from: part("from"), to: part("to"), span: part("span"), bars: part("bars") });
    this.first = Number(this.from.min);
    this.last = Number(this.from.max);
    for (const slider of [this.from, this.to]) {
      slider.addEventListener("input", () => this.#slide(slider, true));
      slider.addEventListener("change", () => this.#slide(slider, false));
    }
    this.bars.addEventListener("pointerdown", (event) => this.#brush(event));
  }

  /** Neither slider passes the other. */
  #slide(slider, moving) {
    const [from, to] = [Number(this.from.value), Number(this.to.value)];
    if (from > to) slider.value = slider === this.from ? to : from;
    this.#range(Number(this.from.value), Number(this.to.value), moving);
  }

  #brush(event) {
    if (event.button) return;
    event.preventDefault();
    const start = this.#yearAt(event);
    const again = start === Number(this.from.value) && start === Number(this.to.value) && this.first !== this.last;
    this.bars.setPointerCapture(event.pointerId);
    let end = start;
    const move = (moved) => {
      end = this.#yearAt(moved);
      this.#range(Math.min(start, end), Math.max(start, end), true);
    };
    const stop = () => {
      this.bars.removeEventListener("pointermove", move);
      if (again && end === start) this.#range(this.first, this.last, false);
      else this.#range(Math.min(start, end), Math.max(start, end), false);
    };
    this.bars.addEventListener("pointermove", move);
    this.bars.addEventListener("lostpointercapture", stop, { once: true });
  }

  #yearAt({ clientX }) {
    const { left, width } = this.bars.getBoundingClientRect();
    const share = Math.min(Math.max((clientX - left) / width, 0), 0.999999);
    return this.first + Math.floor(share * (this.last - this.first + 1));
  }

  #range(from, to, moving) {
    const asked = this.#asked(from, to);
    this.onRange(asked.from, asked.to, moving);
  }

  #asked(from, to) {
    return { from: from > this.first ? from : null, to: to < this.last ? to : null };
  }

  /** The range at which the sliders stand; nothing if that is all years. */
  chosen() {
    const [from, to] = [this.from, this.to].map((slider) => Number(slider.value)).sort((a, b) => a - b);
    return from > this.first || to < this.last ? this.#asked(from, to) : {};
  }

  /** Show how many papers each year has. */
  update(counts) {
    const most = Math.max(1, ...counts.values());
    for (const bar of this.bars.children) {
      const count = counts.get(Number(bar.dataset.year)) ?? 0;
      bar.firstElementChild.style.blockSize = `${(100 * count) / most}%`;
      bar.title = `${bar.dataset.year}: ${count}`;
    }
  }

  /** Show which years are chosen. */
  choose({ from, to }) {
    const [first, last] = [from ?? this.first, to ?? this.last];
    for (const bar of this.bars.children) {
      bar.toggleAttribute("data-out", bar.dataset.year < first || bar.dataset.year > last);
    }
    this.from.value = first;
    this.to.value = last;
    this.span.textContent = first === last ? `${first}` : `${first} – ${last}`;
  }
}
