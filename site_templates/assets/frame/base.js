// What the theme's other scripts keep and read in the browser, as a file: the policy of the pages runs no script that stands in them.
// Where nothing can be kept there is nothing to read.
"use strict";

var __md_scope = new URL(document.currentScript.dataset.base, location);
if (!__md_scope.pathname.endsWith("/")) __md_scope = new URL(`${__md_scope.pathname}/`, location);

var __md_hash = (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);

var __md_get = (key, storage, scope = __md_scope) => {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
};

var __md_set = (key, value, storage, scope = __md_scope) => {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // it was worth a try
  }
};

// Before the page is first shown: the theme's script says so at its end, when what only scripts make use of would push the rest down.
document.documentElement.classList.replace("no-js", "js");
document.documentElement.setAttribute("data-platform", navigator.platform);
