// The basket on every page: its number in the header, a button beside each paper, its own page.

import { element } from "../browse/text.js";
import { Page } from "./page.js";
import { keysWithin, offer, picker } from "./pick.js";
import { ROOT, basket } from "./store.js";
import { takeAway } from "./take.js";

const header = document.querySelector('[data-basket="link"]');
const count = header?.querySelector('[data-basket="count"]');
const told = element("p", { class: "survey-told", role: "status" });
let page = null;

/** Show in the header how many there are. */
function show() {
  if (count) {
    count.textContent = basket.size;
    count.hidden = !basket.size;
    header.setAttribute("aria-label", basket.size ? `Basket, ${basket.size === 1 ? "1 paper" : `${basket.size} papers`}` : "Basket");
  }
}

function changed() {
  show();
  told.textContent = basket.isKept ? "" : "This browser keeps nothing for this site: the basket lasts for this visit.";
}

/** Put everything in its place on the page that is there. */
function enhance() {
  const content = document.querySelector(".md-content");
  if (!content) return;
  offer(content);
  for (const place of content.querySelectorAll('[data-basket="pick"]:empty')) {
    place.append(picker(place.dataset.key, "", true));
    place.hidden = false;
  }
  for (const place of content.querySelectorAll('[data-basket="page"]:empty')) {
    const name = location.pathname.split("/").filter(Boolean).at(-1);
    place.append(takeAway("Copy, or put into the basket", name, async () => keysWithin(content)));
  }
  const root = content.querySelector('[data-basket="root"]');
  page = root ? new Page(root) : null;
}

if (header) header.href = new URL("basket/", ROOT); // the header stays while the theme's navigation goes elsewhere
document.body.append(told);
basket.addEventListener("change", changed);
basket.addEventListener("change", () => page?.show());
addEventListener("popstate", () => page?.root.isConnected && page.show());
show();
if (typeof document$ === "undefined") enhance();
else document$.subscribe(enhance);
