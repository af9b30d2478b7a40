// The basket: citation keys in the order in which they were picked, kept in this browser.
// Where nothing can be kept, or the place is full, the basket lasts for this visit.

const KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$/;

/** Whether a text may be a citation key at all. */
export const isKey = (text) => typeof text === "string" && KEY.test(text);

/** The root of the site, with a slash at its end. */
export const ROOT = new URL("../../../", import.meta.url);

// Several surveys may stand on one host, each below its own path.
const NAME = `${ROOT.pathname}.survey-basket`;

function storage(name) {
  try {
    return window[name];
  } catch {
    return null; // denied
  }
}

function read(place) {
  try {
    const kept = JSON.parse(storage(place).getItem(NAME));
    return Array.isArray(kept) ? kept.filter(isKey) : null;
  } catch {
    return null;
  }
}

function write(place, keys) {
  try {
    storage(place).setItem(NAME, JSON.stringify(keys));
    return true;
  } catch {
    return false;
  }
}

class Basket extends EventTarget {
  /** Whether what is in the basket will be there at the next visit. */
  isKept = true;
  #keys = new Set();

  constructor() {
    super();
    const visit = read("sessionStorage");
    this.isKept = visit === null && storage("localStorage") !== null;
    this.#keys = new Set(visit ?? read("localStorage") ?? []);
    // Another tab changed it; without a name, everything was cleared.
    addEventListener("storage", ({ key, storageArea }) => (key === NAME || key === null) && storageArea === storage("localStorage") && this.#again());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#again());
  }

  get keys() {
    return [...this.#keys];
  }

  get size() {
    return this.#keys.size;
  }

  has(key) {
    return this.#keys.has(key);
  }

  add(...keys) {
    this.#change((own) => keys.forEach((key) => own.add(key)));
  }

  remove(...keys) {
    this.#change((own) => keys.forEach((key) => own.delete(key)));
  }

  /** Put other keys into the place of all. */
  replace(keys) {
    this.#change((own) => {
      own.clear();
      keys.forEach((key) => own.add(key));
    });
  }

  /** What another tab has picked in the meantime stays. */
  #change(change) {
    if (this.isKept) this.#keys = new Set(read("localStorage") ?? this.#keys);
    change(this.#keys);
    this.isKept = write("localStorage", this.keys);
    if (!this.isKept) write("sessionStorage", this.keys);
    else this.#forgetVisit();
    this.dispatchEvent(new Event("change"));
  }

  #forgetVisit() {
    try {
      storage("sessionStorage").removeItem(NAME);
    } catch {
      // nothing is there
    }
  }

  #again() {
    if (!this.isKept) return;
    this.#keys = new Set(read("localStorage") ?? []);
    this.dispatchEvent(new Event("change"));
  }
}

export const basket = new Basket();
