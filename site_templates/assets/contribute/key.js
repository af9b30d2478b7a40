// The citation key that is proposed; generator/keys.py is the original, and a test holds the two together.

import { fold } from "../browse/text.js";
import { family } from "./people.js";

const MATH = /(?<!\\)\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)\$(?![0-9])/g;

/** A title without the dollars around math. */
export const plain = (title) => title.split(MATH).map((part, index) => (index % 2 ? part : part.replaceAll("\\$", "$"))).join("");

const letters = (word) => fold(word).replace(/[^a-z0-9]/g, "");

function tellingWord(text, stop) {
  const words = text.split(/[\s/:,;.!?()–—]+/).map(letters).filter(Boolean);
  return words.find((word) => !stop.test(word)) ?? words[0] ?? "";
}

/** Propose a key: family name, year, first word of the title that says something, and a letter if it is taken. */
export function proposedKey({ authors: [first] = [], year, title }, { stop, taken }) {
  if (!first || !(year > 999) || !title) return "";
  const name = first.literal ? tellingWord(first.literal, stop) : letters(family(first));
  const key = `${name}${year}${tellingWord(plain(title), stop)}`;
  if (!taken.has(key)) return key;
  const candidates = Array.from("abcdefghijklmnopqrstuvwxyz", (letter) => key + letter);
  return candidates.find((candidate) => !taken.has(candidate)) ?? `${key}z`;
}
