// What one does with papers, wherever they stand: into the basket, into a file, onto the clipboard.

import { element } from "../browse/text.js";
import { bibliography, directory } from "./files.js";
import { basket } from "./store.js";

const counted = (number) => (number === 1 ? "1 paper" : `${number} papers`);

/** Have the browser save a text. */
function save(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href: url, download: name, hidden: true });
  document.body.append(link); // outside it some browsers do not follow it
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Put a text that is still on its way onto the clipboard: some browsers allow it only if they are asked at once. */
async function copy(promise) {
  if (typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(await promise);
  const blob = promise.then((text) => new Blob([text], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** Rows of formats, each to download or to copy; `keys` promises which papers are meant, `name` is that of the file. */
export function files(name, keys) {
  const said = element("p", { class: "survey-take__said", role: "status" });
  const list = element("ul", { class: "survey-take__formats" });
  const run = async (work, done) => {
    said.textContent = "";
    try {
      const wanted = await keys();
      if (!wanted.length) said.textContent = "There is no paper to take.";
      else {
        await work(wanted);
        said.textContent = done(counted(wanted.length));
      }
    } catch (error) {
      console.warn("The bibliography could not be made:", error);
      said.textContent = "That did not work. Try again, or take a file from the downloads.";
    }
  };
  const row = ({ name: form, title, suffix, type }) => {
    const button = (label, work, done) => {
      const made = element("button", { type: "button", class: "survey-tool", "aria-label": `${label} ${title}` }, label);
      made.addEventListener("click", () => run(work, done));
      return made;
    };
    const download = button("Download", async (wanted) => save(await bibliography(form, wanted), name + suffix, type), (what) => `${what} as ${name}${suffix}`);
    const onto = navigator.clipboard && button("Copy", (wanted) => copy(bibliography(form, wanted)), (what) => `Copied ${what} as ${title}`);
    return element("li", {}, element("span", {}, title), download, ...(onto ? [onto] : []));
  };
  directory().then(
    ({ formats }) => list.append(...formats.map(row)),
    () => (said.textContent = "The formats could not be loaded. The downloads of the survey hold all papers."),
  );
  return [list, said];
}

/** What opens to all of this, for the papers of a list. Nothing is loaded before it is opened. */
export function takeAway(title, name, keys) {
  const box = element("details", { class: "survey-take" }, element("summary", {}, title));
  const fill = () => {
    const add = element("button", { type: "button", class: "survey-button" }, "Put all into the basket");
    const [list, said] = files(name, keys);
    add.addEventListener("click", async () => {
      try {
        const wanted = await keys();
        const before = basket.size;
        basket.add(...wanted);
        said.textContent = `${counted(basket.size - before)} put into the basket`;
      } catch {
        said.textContent = "The papers could not be loaded.";
      }
    });
    box.append(element("div", {}, add, list, said));
  };
  box.addEventListener("toggle", fill, { once: true });
  return box;
}
