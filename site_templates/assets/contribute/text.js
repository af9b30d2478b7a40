// Text of bibliographies and registries as a record holds it: one line, in NFC, no markup.

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function character(entity, name) {
  if (!name.startsWith("#")) return ENTITIES[name] ?? entity;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : entity;
}

/** One line of text, without characters that YAML cannot hold. */
export function oneLine(text) {
  const whole = String(text).replace(/[ıȷ](?=\p{M})/gu, (letter) => (letter === "ı" ? "i" : "j"));
  return whole.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\s]+/gu, " ").trim().normalize("NFC");
}

/** Text that a registry has with tags and entities in it. */
export const untagged = (text) => oneLine(String(text).replace(/<\/?[A-Za-z][^<>]*>/g, "").replace(/&(#?\w{1,8});/g, character));

/** Whether the last digit of an ISBN fits the others. */
export function isIsbn(text) {
  const digits = text.replace(/[ -]/g, "").toUpperCase();
  const sum = (weight) => Array.from(digits).reduce((total, digit, place) => total + weight(place) * (digit === "X" ? 10 : Number(digit)), 0);
  if (/^97[89]\d{10}$/.test(digits)) return sum((place) => (place % 2 ? 3 : 1)) % 10 === 0;
  return /^\d{9}[\dX]$/.test(digits) && sum((place) => 10 - place) % 11 === 0;
}

/** Pages as a record has them: whole numbers, a plain hyphen. */
export function pages(text) {
  const bare = text.replace(/^\s*pp?\.?\s*(?=\d)/, "").replace(/\s*[-–—‐‑−]+\s*/g, "-").replace(/[.;\s]+$/, "");
  return bare.replace(/^([A-Za-z:]*)(\d+)-(\d+)$/, (range, prefix, first, last) => {
    const whole = first.slice(0, Math.max(0, first.length - last.length)) + last;
    return last.length < first.length && Number(whole) > Number(first) ? `${prefix}${first}-${whole}` : range;
  });
}
