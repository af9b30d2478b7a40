// Asks yaml-language-server, which VS Code's YAML extension runs, what it suggests: complete.mjs FILE LINE COLUMN, both from 0.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import server from "yaml-language-server";
import { TextDocument } from "vscode-languageserver-textdocument";

const [path, line, character] = process.argv.slice(2);
const service = server.getLanguageService({
  schemaRequestService: async (address) => readFileSync(new URL(address), "utf-8"),
  workspaceContext: { resolveRelativePath: (relative, base) => pathToFileURL(resolve(dirname(new URL(base).pathname), relative)).href },
  telemetry: { sendError: console.error, send: () => {}, sendTrack: () => {} },
  clientCapabilities: {},
});
service.configure({ completion: true, validate: true, schemas: [] });
const document = TextDocument.create(pathToFileURL(resolve(path)).href, "yaml", 1, readFileSync(path, "utf-8"));
const { items } = await service.doComplete(document, { line: Number(line), character: Number(character) }, false);
console.log(JSON.stringify(items.map((item) => item.label)));
