// Sorting of tables, copying of references, the list of all papers, the form for contributors. The pages are whole without it; it runs again after
// each page that instant navigation puts in place.
"use strict";

(() => {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  /** What a cell is sorted by. */
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  /** Sort the rows by a column; what the cell lacks comes last in either direction. */
  function sort(table, column, direction) {
    const sign = direction === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: key(row, column) }));
    rows.sort((a, b) => (!a.key - !b.key) || sign * (a.key - b.key || collator.compare(a.key, b.key)));
    body.append(...rows.map(({ row }) => row));
    for (const header of table.tHead.rows[0].cells) header.removeAttribute("aria-sort");
    table.tHead.rows[0].cells[column].setAttribute("aria-sort", direction);
  }

  /** Make a button of each column's header. */
  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const ascending = header.getAttribute("aria-sort") === "ascending";
        sort(table, column, ascending ? "descending" : "ascending");
      });
    });
  }

  /** Put a button behind what readers copy: with its italics for a word processor, as text for all else. */
  function makeCopyable(element) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "survey-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${element.dataset.surveyCopy}`);
    const said = document.createElement("span");
    said.className = "survey-copied";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const forms = { "text/plain": element.textContent, "text/html": element.innerHTML };
      const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
      try {
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      } catch {
        await navigator.clipboard.writeText(element.textContent);
      }
      said.textContent = "Copied";
      setTimeout(() => (said.textContent = ""), 2000);
    });
    (element.closest("pre") ?? element).after(button, said);
  }

  function enhance() {
    if (navigator.clipboard)
      for (const element of document.querySelectorAll("[data-survey-copy]:not([data-survey-ready])")) {
        element.dataset.surveyReady = "";
        makeCopyable(element);
      }
    // The theme puts the button of a code block into a landmark of its own.
    for (const place of document.querySelectorAll(".md-code__nav")) place.role = "none";
    for (const table of document.querySelectorAll("[data-survey-sortable]:not([data-survey-ready])")) {
      table.dataset.surveyReady = "";
      makeSortable(table);
    }
    const browse = document.querySelector('[data-browse="root"]:not([data-ready])');
    if (browse) {
      browse.dataset.ready = "";
      import("./browse/browse.js").then(({ start }) => start(browse));
    }
    if (document.querySelector("[data-pictures], [data-narrowed]")) import("./pictures/pictures.js").then(({ start }) => start());
    const form = document.querySelector('[data-contribute="form"]:not([data-ready])');
    if (form) {
      form.dataset.ready = "";
      import("./contribute/contribute.js").then(({ start }) => start(form));
    }
  }

  if (typeof document$ === "undefined") enhance();
  else document$.subscribe(enhance);
})();
