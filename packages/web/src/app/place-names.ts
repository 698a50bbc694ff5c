/** What a path of ours is called, as far as its path alone can say. */
import { PLACES, type Place } from './places.ts';

export interface Named {
  /** By its name in the locale. */
  readonly words?: `place.${Place['name']}` | 'copies.title' | 'keys.pageTitle' | 'exports.title' | 'mine.title';
  /** A code or a name that stands in the path itself. */
  readonly code?: string;
  readonly icon: Place['icon'];
}

export function namedBy(path: string): Named {
  const place = PLACES.find(({ to }) => to === path);
  if (place) return { words: `place.${place.name}`, icon: place.icon };
  const [, room, rest] = /^\/([a-z]+)\/?(.*)$/.exec(path) ?? [];
  const code = rest ? decodeOr(rest) : '';
  if (room === 'issues' && code) return { code, icon: 'issue' };
  if (room === 'cases' && code) return { code, icon: 'file' };
  if (room === 'dimensions' && code) return { words: 'place.dimensions', code, icon: 'table' };
  if (room === 'import' && code) return { words: 'place.import', code: code.slice(0, 8), icon: 'import' };
  if (room === 'copies') return { words: 'copies.title', icon: 'copy' };
  if (room === 'keys') return { words: 'keys.pageTitle', icon: 'keyboard' };
  if (room === 'exports') return { words: 'exports.title', icon: 'file' };
  if (room === 'me') return { words: 'mine.title', icon: 'gear' };
  return { code: path, icon: 'right' };
}

/** The key of the issue that a path leads to. */
export const issueKeyIn = (path: string): string | null => /^\/issues\/(IS-[\w-]+)$/i.exec(path)?.[1] ?? null;

function decodeOr(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
