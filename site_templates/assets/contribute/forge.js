// The address of the forge's form for a new file.

export const LONGEST = 8000; // characters of an address that forges take for sure

/**
 * Say how to open the form for a file.
 *
 * @param forge What the page says of it: `address`, and the parameters `name` and `content` where the forge has them.
 * @returns The address, and whether it carries the content; if not, the contributor pastes it.
 */
export function newFile(forge, path, text) {
  const named = forge.name ? `${forge.address}?${forge.name}=${encodeURIComponent(path)}` : `${forge.address}/${path.slice(0, path.lastIndexOf("/"))}`;
  if (!forge.content) return { href: named, carries: false };
  const whole = `${named}&${forge.content}=${encodeURIComponent(text)}`;
  return whole.length <= LONGEST ? { href: whole, carries: true } : { href: named, carries: false, long: true };
}
