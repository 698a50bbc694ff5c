/** What was typed or pasted into the palette: an id, a key, `@` and a name, a link of this site, or words. Pure. */

export type Typed =
  | { readonly is: 'nothing' }
  | { readonly is: 'id'; readonly id: string }
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'who'; readonly words: string }
  | { readonly is: 'link'; readonly path: string; readonly world: number | null }
  | { readonly is: 'words'; readonly words: string; readonly maybeId: boolean };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = /^IS-([A-Z0-9_]+-)?[1-9][0-9]{0,8}$/i;
/** Outside `open` the name of the compartment stands in it: `GS-LEGAL-2026-00042`. */
const REFERENCE = /^GS-[A-Z0-9_-]{1,76}$/i;
const WORLD = /^\/sample\/([1-9][0-9]{0,8})(?=\/|$)/;

/** @param origin of this site; links of others are words like any others */
export function readTyped(said: string, origin: string): Typed {
  const words = said.trim();
  if (words === '') return { is: 'nothing' };
  if (words.startsWith('@')) return { is: 'who', words: words.slice(1).trim().slice(0, 200) };
  if (UUID.test(words)) return { is: 'id', id: words.toLowerCase() };
  if (KEY.test(words) || REFERENCE.test(words)) return { is: 'key', key: words.toUpperCase() };
  const link = readLink(words, origin);
  if (link) return link;
  return { is: 'words', words: words.slice(0, 200), maybeId: !/\s/.test(words) && /\d/.test(words) };
}

function readLink(words: string, origin: string): Typed | null {
  if (!/^(https?:\/\/|\/(?![/\\]))/i.test(words) || /\s/.test(words)) return null;
  let url: URL;
  try {
    url = new URL(words, origin);
  } catch {
    return null;
  }
  if (url.origin !== origin || url.pathname.startsWith('/api/')) return null;
  const world = WORLD.exec(url.pathname);
  const path = `${url.pathname.slice(world?.[0].length ?? 0) || '/'}${url.search}`;
  return { is: 'link', path, world: world ? Number(world[1]) : null };
}
