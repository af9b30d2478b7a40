// What a contributor pasted: BibTeX, an identifier, or an address that holds one.

const ARXIV = String.raw`(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})`;
const IN_ADDRESS = new RegExp(String.raw`arxiv\.org/(?:abs|pdf|html)/(${ARXIV})(?:v\d+)?(?:\.pdf)?(?:[?#/].*)?$`, "i");
const BARE_ARXIV = new RegExp(String.raw`^(?:arxiv\s*:?\s*)?(${ARXIV})(?:v\d+)?(?:\s*\[[\w.-]+\])?$`, "i");
const ARXIV_DOI = new RegExp(String.raw`^10\.48550/arxiv\.(${ARXIV})(?:v\d+)?$`, "i");
const DOI = /(?:^|doi\.org\/|doi:\s*|\/)(10\.\d{4,9}\/[^\s"{}\\^`|]+)$/i;
const ACL = /aclanthology\.org\/([0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5})(?:\/|\.pdf)?$/;
const OPENREVIEW = /openreview\.net\/(?:forum|pdf)\?id=([A-Za-z0-9_-]{6,20})/;

/** Say what a text is: `{ is: "bibtex" }`, `{ is: "arxiv", id }` and so on; `null` where nobody knows. */
export function recognise(pasted) {
  const text = pasted.trim();
  if (/@\s*[A-Za-z]+\s*[{(]/.test(text)) return { is: "bibtex" };
  return /\s/.test(text.replace(/^(?:arxiv|doi)\s*:?\s*/i, "").replace(/\s*\[[\w.-]+\]$/, "")) ? null : identifier(text);
}

/** The identifier that an address or a word is or holds. */
export function identifier(text) {
  const arxiv = (text.match(BARE_ARXIV) ?? text.match(IN_ADDRESS))?.[1];
  if (arxiv) return { is: "arxiv", id: arxiv };
  let address = text;
  try {
    if (/%2f/i.test(text)) address = decodeURIComponent(text);
  } catch {
    return null;
  }
  const acl = address.match(ACL)?.[1];
  if (acl) return { is: "acl", id: acl };
  const openreview = address.match(OPENREVIEW)?.[1];
  if (openreview) return { is: "openreview", id: openreview };
  const doi = address.match(DOI)?.[1];
  const preprint = doi?.match(ARXIV_DOI)?.[1];
  if (preprint) return { is: "arxiv", id: preprint };
  if (doi) return { is: "doi", id: doi };
  return /^https?:\/\/[^\s/]+\.[^\s]+$/.test(address) ? { is: "url", id: address } : null;
}

/** The year and month in which an arXiv identifier was given: `2107.05768` → `["2021", "07"]`. */
export function arxivMonth(id) {
  const digits = id.split("/").at(-1);
  return [`${id.includes("/") && digits[0] === "9" ? 19 : 20}${digits.slice(0, 2)}`, digits.slice(2, 4)];
}
