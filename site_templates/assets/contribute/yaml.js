// A record as YAML in the canonical form that `survey fmt` writes; generator/canonical.py is the original, and a test
// holds the two together. A record is made of texts, numbers, lists and objects.

const WIDTH = 100;
const WORD = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const ESCAPED = /[\x7f-\xa0\u2028\u2029\ufeff]/g;
const UNSAFE_START = /^[-?:,[\]{}#&*!|>'"%@`~\s]/;
const UNSAFE_INSIDE = /:(?:\s|$)|\s#|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]/;
const UNSAFE_IN_FLOW = /[,?[\]{}]|:$/;

/** What plain text is to readers of YAML 1.1, and of YAML 1.2. */
const YAML_1_1 = [
  ["boolean", /^(?:y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  ["integer", /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/],
  ["number", /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  ["timestamp", /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/],
  ["null", /^(?:~|null|Null|NULL|)$/],
  ["merge", /^<<$/],
  ["value", /^=$/],
];
const YAML_1_2 = [
  ["null", /^(?:null|Null|NULL|~|)$/],
  ["boolean", /^(?:true|True|TRUE|false|False|FALSE)$/],
  ["integer", /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/],
  ["number", /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
];
const kind = (text, kinds) => kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? "string";

const isList = Array.isArray;
const isObject = (value) => typeof value === "object" && !isList(value);
const isScalar = (value) => typeof value !== "object";
const length = (text) => Array.from(text).length;

/** Write a record. */
export function canonical(record, schema) {
  return `${new Writer(schema).block(record, schema, "").join("\n")}\n`;
}

/** The simple schemas that a schema with references and choices stands for. */
export function alternatives(schema, root) {
  if ("$ref" in schema) return alternatives(root.$defs[schema.$ref.split("/").at(-1)], root);
  const choices = schema.anyOf ?? schema.oneOf;
  return choices ? choices.flatMap((choice) => alternatives(choice, root)) : [schema];
}

function quoted(text) {
  return JSON.stringify(text).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function isPlain(text, flow) {
  const unsafe = !text || text !== text.trim() || UNSAFE_START.test(text) || UNSAFE_INSIDE.test(text) || (flow && UNSAFE_IN_FLOW.test(text));
  return !unsafe && !text.startsWith("---");
}

/** Text as a block scalar: the header and the lines; `null` where that would change it. */
function longText(whole, indent) {
  const text = whole.replace(/\n+$/, "");
  if (!text || /^\s/.test(text) || text.search(ESCAPED) >= 0 || /[\x00-\x08\x0b-\x1f]/.test(text)) return null;
  if (text.includes("\n")) return [" |", ...text.split("\n").map((line) => (line ? indent + line : ""))];
  if (!text.includes(" ") || /\s\s|\s$|\t/.test(text)) return null;
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && length(last) + 1 + length(word) <= WIDTH - indent.length) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return [" >-", ...lines.map((line) => indent + line)];
}

class Writer {
  constructor(root) {
    this.root = root;
  }

  /** A value on lines of its own. */
  block(value, schema, indent) {
    if (isScalar(value)) return [indent + this.scalar(value, schema, false)];
    if (isList(value)) return value.flatMap((item) => this.item(item, this.items(schema), indent));
    return this.entries(value, schema).flatMap(([name, inner]) => {
      const [first, ...rest] = this.beside(inner, this.property(schema, name), indent, name.length + 2);
      return [`${indent}${this.text(name, {}, false)}:${first}`, ...rest];
    });
  }

  item(whole, schema, indent) {
    const item = this.shortened(whole, schema);
    if (isObject(item) && this.inline(item, schema, indent.length + 2) === null) {
      const [first, ...rest] = this.block(item, schema, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    }
    const [first, ...rest] = this.beside(item, schema, indent, 2);
    return [`${indent}-${first}`, ...rest];
  }

  /** A value behind its key or dash: what stands on that line, and the lines below. */
  beside(value, schema, indent, used) {
    const inline = this.inline(value, schema, indent.length + used);
    if (inline !== null) return [` ${inline}`];
    if (!isScalar(value)) return ["", ...this.block(value, schema, `${indent}  `)];
    return longText(value, `${indent}  `) ?? [` ${quoted(value)}`];
  }

  /** A value on one line, or `null` where it needs several. */
  inline(value, schema, used) {
    if (isScalar(value)) {
      const text = this.scalar(value, schema, false);
      const whole = String(value);
      const fits = used + length(text) <= WIDTH && !whole.replace(/\n+$/, "").includes("\n");
      return fits || longText(whole, "") === null ? text : null;
    }
    if (isList(value)) {
      const inner = this.items(schema);
      const items = value.map((item) => this.shortened(item, inner));
      const words = items.every((item) => isScalar(item) && WORD.test(item));
      const text = `[${items.map((item) => this.flow(item, inner)).join(", ")}]`;
      return !items.length || (words && used + length(text) <= WIDTH) ? text : null;
    }
    const text = this.flow(value, schema);
    const closed = alternatives(schema, this.root).some((choice) => "properties" in choice);
    const flat = Object.values(value).every(isScalar);
    return closed && flat && used + length(text) <= WIDTH ? text : null;
  }

  flow(value, schema) {
    if (isScalar(value)) return this.scalar(value, schema, true);
    if (isList(value)) return `[${value.map((item) => this.flow(item, this.items(schema))).join(", ")}]`;
    const pairs = this.entries(value, schema).map(([name, inner]) => `${this.text(name, {}, true)}: ${this.flow(inner, this.property(schema, name))}`);
    return `{${pairs.join(", ")}}`;
  }

  scalar(value, schema, flow) {
    return this.text(String(value).replace(/^\n+|\n+$/g, ""), schema, flow);
  }

  text(text, schema, flow) {
    return isPlain(text, flow) && this.meansTheSame(text, schema) ? text : quoted(text);
  }

  /** Whether every reader takes plain text for what its place permits. */
  meansTheSame(text, schema) {
    const [old, new_] = [kind(text, YAML_1_1), kind(text, YAML_1_2)];
    if (old === "string" && new_ === "string") return true;
    const choices = alternatives(schema, this.root);
    const permitted = new Set(choices.flatMap((choice) => choice.type ?? []));
    if (choices.some((choice) => choice.format === "date")) permitted.add("timestamp");
    if (permitted.has("number")) permitted.add("integer");
    return permitted.has(old) && (permitted.has(new_) || (old === "timestamp" && new_ === "string"));
  }

  /** An object's entries in the order of the model; open objects keep their own. */
  entries(value, schema) {
    const order = alternatives(schema, this.root).flatMap((choice) => Object.keys(choice.properties ?? {}));
    const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
    return Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  }

  /** The plain word that an object with nothing but its shorthand field stands for. */
  shortened(item, schema) {
    const names = isObject(item) ? Object.keys(item) : [];
    const short = names.length === 1 && isScalar(item[names[0]]);
    return short && alternatives(schema, this.root).some((choice) => choice["x-shorthand"] === names[0]) ? item[names[0]] : item;
  }

  property(schema, name) {
    for (const choice of alternatives(schema, this.root)) {
      if (choice.properties?.[name]) return choice.properties[name];
      if (typeof choice.additionalProperties === "object") return choice.additionalProperties;
    }
    return {};
  }

  items(schema) {
    return alternatives(schema, this.root).find((choice) => "items" in choice)?.items ?? {};
  }
}
