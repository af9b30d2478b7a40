// What scripts add to pictures: a link to a list becomes one to the list of all papers narrowed to the same, and the map
// of similar papers can be moved.

import { Map } from "./map.js";

const PAPERS = new URL("../../../papers/", import.meta.url);
const XLINK = "http://www.w3.org/1999/xlink";

/** Lead to the narrowed list, which can be sorted and narrowed further; without scripts the link leads to a plain one. */
function narrow(link) {
  const address = `${PAPERS.href}?${link.dataset.narrowed}`;
  if (link instanceof SVGElement) link.setAttributeNS(XLINK, "xlink:href", address);
  else link.href = address;
}

/** Begin on a page that holds pictures. */
export function start() {
  for (const link of document.querySelectorAll("[data-narrowed]:not([data-ready])")) {
    link.dataset.ready = "";
    narrow(link);
  }
  const map = document.querySelector('[data-pictures="map"]:not([data-ready])');
  if (map) {
    map.dataset.ready = "";
    new Map(map);
  }
}
