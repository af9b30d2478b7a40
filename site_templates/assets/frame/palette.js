// Puts the colours that the reader chose into place before anything is seen.
"use strict";

(() => {
  const color = __md_get("__palette")?.color;
  if (!color) return;
  if (color.media === "(prefers-color-scheme)") {
    const light = matchMedia("(prefers-color-scheme: light)").matches;
    const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${light ? "light" : "dark"})"]`);
    for (const name of ["media", "scheme", "primary", "accent"]) color[name] = input.getAttribute(`data-md-color-${name}`);
  }
  for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value);
})();
