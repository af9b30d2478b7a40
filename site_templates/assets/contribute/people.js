// Authors: a line of the form for each, as a record has them.

const PARTICLE = /^(?:\p{Ll}\S*\s+)+(?=\S)/u;

/** Take particle and family apart: leading words in lower case are the particle. */
function parted(text) {
  const particle = text.match(PARTICLE)?.[0].trim();
  return particle ? { family: text.slice(particle.length).trim(), particle } : { family: text };
}

/** An author as a record writes it: `Family, Given`, `Family, Jr., Given`, or `{Organisation}`. */
export function author(line) {
  const text = line.trim().replace(/\s+/g, " ");
  const literal = text.match(/^\{([^{}]+)\}$/)?.[1].trim();
  if (literal) return { literal };
  const names = text.split(",").map((name) => name.trim());
  if (names.length !== 3 || !names.every(Boolean)) return text;
  return { given: names[2], ...parted(names[0]), suffix: names[1] };
}

/** The name of an author that a key begins with and that authors are compared by. */
export function family(one) {
  if (typeof one !== "string") return one.family ?? one.literal;
  if (one.includes(",")) return parted(one.split(",")[0].trim()).family;
  return one.split(" ").at(-1);
}

/** A person of a bibliography as a line of the form; DBLP tells people of one name apart by a number behind it. */
export function lineOf({ family: last = "", given = "", particle = "", suffix = "", literal = "" }) {
  const clean = (text) => text.replace(/[,;{}]/g, " ").replace(/\s+/g, " ").trim();
  if (/^\d{4}$/.test(last) && /\s/.test(given)) return lineOf({ family: given.split(/\s+/).at(-1), given: given.replace(/\s+\S+$/, ""), particle, suffix });
  const whole = clean([particle, last.replace(/\s+\d{4}$/, "")].join(" "));
  if (literal || !given || !whole) return `{${clean(literal || [given, whole].join(" "))}}`;
  return [whole, clean(suffix), clean(given)].filter(Boolean).join(", ");
}
