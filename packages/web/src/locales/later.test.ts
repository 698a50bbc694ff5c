/** The words that are fetched later are in no module of the first load, nor of the first screens. */
import { CAPABILITIES } from '@groundswell/contract';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import { halves, LATER } from './later.ts';

const SOURCES = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const FIRST = [
  '../app/main.tsx',
  '../app/palette.tsx',
  '../screens/home/home-screen.tsx',
  '../screens/access/sign-in-screen.tsx',
  '../screens/access/setup-screen.tsx',
];
/** Names what keys do; its sheet is opened by a key, long after the other words have come. */
const NAMES_KEYS = '../parts/shortcuts.ts';

/** Every module of ours that comes with `file`, without those that are fetched when needed. */
function modulesOf(file: string, seen = new Set<string>()): Set<string> {
  const source = SOURCES[file];
  if (seen.has(file) || source === undefined) return seen;
  seen.add(file);
  for (const [statement, path] of source.matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)'/gms))
    if (!/^import type\s/.test(statement)) modulesOf(inFull(file, path!), seen);
  return seen;
}

/** As the keys of the sources are written: relative to this folder. */
const inFull = (from: string, path: string): string =>
  new URL(path, new URL(from, 'file:///src/locales/')).pathname.replace(/^\/src\//, '../');

const isRight = (text: string): boolean => (CAPABILITIES as readonly string[]).some((right) => right === text);

describe('words that come later', () => {
  it('are all there in one half or the other, and in no half twice', () => {
    const { first, later } = halves(en);
    expect(Object.keys({ ...first, ...later }).toSorted()).toEqual(Object.keys(en).toSorted());
    expect(Object.keys(later).toSorted()).toEqual(LATER.toSorted());
  });

  it('are said by no module of the first screens', () => {
    const modules = new Set(FIRST.flatMap((file) => [...modulesOf(file)]));
    expect(modules.size).toBeGreaterThan(60); // the walk through the imports still walks
    modules.delete(NAMES_KEYS);
    const said = [...modules].flatMap((file) =>
      [...SOURCES[file]!.matchAll(/['"`]([a-zA-Z]+)\.[a-zA-Z$]+/g)]
        .filter(([text, name]) => LATER.includes(name!) && !isRight(text.slice(1)))
        .map(([text]) => `${file.slice(3)} says ${text.slice(1)}`),
    );
    expect(said).toEqual([]);
  });
});
