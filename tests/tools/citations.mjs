// Reads bibliography files with citation-js: prints what it makes of each, as a list of CSL items a file.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const read = (path) => new Cite(readFileSync(path, "utf-8")).data;
console.log(JSON.stringify(process.argv.slice(2).map(read)));
