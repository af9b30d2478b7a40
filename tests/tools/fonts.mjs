// Copies the fonts of the site from their packages into site_templates/assets/fonts/, and writes the style sheet that
// declares them: `npm run fonts`, or with another folder as argument. What was copied is written down beside it in
// vendored.json, and the licences in LICENSES.txt.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2] ?? join(here, "../../site_templates/assets/fonts");

/** Upright letters have to spell the names of people anywhere; italics are for words of our own. */
const UPRIGHT = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic"];
const ITALIC = ["latin", "latin-ext"];

/**
 * What stands in for a font while it is on its way has its measures, so that no line moves: lengths are shares of the
 * em, from the tables of the fonts; `width` is the mean of letters as English has them. Those of one weight only are
 * taken for both. The letters of both fonts are smaller than those of most, which `scale` makes good wherever a size is
 * given.
 */
const FONTS = [
  {
    family: "Source Serif 4",
    name: "source-serif-4",
    scale: 1.03,
    measures: { ascent: 1.036, descent: 0.335, width: { 400: 0.479, 600: 0.486 } },
    stands: [
      { local: "Georgia", bold: "Georgia Bold", width: { 400: 0.446 } },
      { local: "Times New Roman", bold: "Times New Roman Bold", width: { 400: 0.406 } },
      { local: "Liberation Serif", bold: "Liberation Serif Bold", width: { 400: 0.406 } },
      { local: "Noto Serif", bold: "Noto Serif Bold", width: { 400: 0.481 } },
      { local: "DejaVu Serif", bold: "DejaVu Serif Bold", width: { 400: 0.518, 600: 0.57 } },
    ],
  },
  {
    family: "Source Sans 3",
    name: "source-sans-3",
    scale: 1.06,
    measures: { ascent: 1.024, descent: 0.4, width: { 400: 0.418, 600: 0.43 } },
    stands: [
      { local: "Arial", bold: "Arial Bold", width: { 400: 0.446 } },
      { local: "Liberation Sans", bold: "Liberation Sans Bold", width: { 400: 0.446 } },
      { local: "Roboto", bold: "Roboto Bold", width: { 400: 0.445 } },
      { local: "DejaVu Sans", bold: "DejaVu Sans Bold", width: { 400: 0.512, 600: 0.577 } },
    ],
  },
];

const FACES = [
  { weight: 400, style: "normal", covers: "1 500", subsets: UPRIGHT },
  { weight: 600, style: "normal", covers: "501 1000", subsets: UPRIGHT },
  { weight: 400, style: "italic", covers: "1 1000", subsets: ITALIC },
];

const rule = (lines) => `@font-face {\n${Object.entries(lines).map(([name, value]) => `  ${name}: ${value};\n`).join("")}}\n`;
const percent = (share) => `${Math.round(share * 1000) / 10}%`;

function standIn({ family, scale, measures }, { local, bold, width }, weight, covers) {
  const size = scale * (width[weight] ? measures.width[weight] : measures.width[400]) / (width[weight] ?? width[400]);
  return rule({
    "font-family": `"${family}, ${local}"`,
    "font-weight": covers,
    src: `local("${weight === 400 ? local : bold}")`,
    "ascent-override": percent((scale * measures.ascent) / size),
    "descent-override": percent((scale * measures.descent) / size),
    "line-gap-override": "0%",
    "size-adjust": percent(size),
  });
}

await mkdir(target, { recursive: true });
const rules = ["/* Written by tests/tools/fonts.mjs. */\n"];
const files = {};
const licences = [];
for (const font of FONTS) {
  const folder = join(here, "node_modules", "@fontsource", font.name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { source } = JSON.parse(await readFile(join(folder, "metadata.json"), "utf8"));
  const ranges = JSON.parse(await readFile(join(folder, "unicode.json"), "utf8"));
  for (const { weight, style, covers, subsets } of FACES) {
    for (const subset of subsets) {
      const file = `${font.name}-${subset}-${weight}-${style}.woff2`;
      await copyFile(join(folder, "files", file), join(target, file));
      const sha256 = createHash("sha256").update(await readFile(join(target, file))).digest("hex");
      files[file] = { sha256, package: about.name, version: about.version, licence: about.license, source };
      rules.push(
        rule({
          "font-family": `"${font.family}"`,
          "font-style": style,
          "font-weight": covers,
          "font-display": "swap",
          "size-adjust": percent(font.scale),
          src: `url("${file}") format("woff2")`,
          "unicode-range": ranges[subset].replaceAll(",", ", "),
        }),
      );
    }
  }
  for (const stand of font.stands) {
    for (const { weight, covers } of FACES.filter(({ style }) => style === "normal")) rules.push(standIn(font, stand, weight, covers));
  }
  const text = (await readFile(join(folder, "LICENSE"), "utf8")).trim().replaceAll("\r\n", "\n");
  licences.push(`${font.family}: ${about.name} ${about.version} (${about.license})\n${source}\n\n${text}\n`);
}
await writeFile(join(target, "fonts.css"), rules.join("\n"));
await writeFile(join(target, "vendored.json"), `${JSON.stringify(files, null, 2)}\n`);
await writeFile(join(target, "LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
