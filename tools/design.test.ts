/** `docs/design.md` and `tokens.css` say the same, nothing else says colours or sizes of type, and the contrasts hold. */
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTree, type Tree } from './house/tree.ts';

const house = readTree(dirname(import.meta.dirname));
const textOf = (path: string): string => house.find((one) => one.path === path)!.text;
const WEB = 'packages/web/src/';
const PAGE = textOf('docs/design.md');
const TOKENS = textOf(`${WEB}app/tokens.css`);
const THEME = textOf(`${WEB}app/theme.ts`);
const STYLES = house.filter(
  ({ path }) => path.startsWith(WEB) && path.endsWith('.css') && !path.endsWith('/tokens.css'),
);
const CODE = house.filter(({ path }) => path.startsWith(WEB) && /(?<!\.test)\.tsx?$/.test(path));

/** The values of a block of `tokens.css` by name. */
function block(opening: string): Map<string, string> {
  const from = TOKENS.indexOf(opening);
  const body = TOKENS.slice(TOKENS.indexOf('{', from) + 1, TOKENS.indexOf('\n}', from));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}
const ROOT = block(':root {');
const LIGHT = block(':root, [data-theme="light"]');
const DARK = new Map([...LIGHT, ...block('[data-theme="dark"]')]);
const KNOWN = new Set([...ROOT.keys(), ...LIGHT.keys()]);

test('every token that the page names exists, and every token stands on the page', () => {
  const named = new Set(PAGE.match(/--[a-z][\w-]*/g));
  for (const n of [2, 3, 4, 5]) named.add(`--c-${n}`); // said as `--c-1` … `--c-6`
  expect([...named].filter((name) => !KNOWN.has(name))).toEqual([]);
  expect([...KNOWN].filter((name) => !named.has(name))).toEqual([]);
});

test('every token that a style sheet uses exists', () => {
  const own = (text: string) => new Set(text.match(/--[\w-]+(?=\s*:)/g));
  const unknown = STYLES.flatMap(({ path, text }) =>
    [...text.matchAll(/var\((--[\w-]+)/g)]
      .map(([, name]) => name!)
      .filter((name) => !KNOWN.has(name) && !own(text).has(name) && !name.startsWith('--mantine-'))
      .map((name) => `${path}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

const COLOUR = /#[0-9a-f]{3,8}\b|%23[0-9a-f]{3,6}\b|\b(?:rgb|hsl|oklch)a?\(/i;
const SIZE = /font(?:-size)?:[^;}]*\b\d+px/;
const found = (files: Tree, what: RegExp) => {
  const lines = files.flatMap(({ path, text }) => text.split('\n').map((line) => ({ path, line })));
  // a line height may be told in px behind a size that is none
  const bare = (line: string) => line.replace(/\/\*.*?\*\//g, '').replace(/(var\(--[\w-]+\))\/\d+px/g, '$1');
  return lines
    .filter(({ line }) => what.test(bare(line)))
    .map(({ path, line }) => `${path}: ${line.trim().slice(0, 90)}`);
};

describe('colours and sizes of type stand in tokens.css alone', () => {
  test('in style sheets', () => {
    expect(STYLES.length).toBeGreaterThan(20);
    expect(found(STYLES, COLOUR)).toEqual([]);
    expect(found(STYLES, SIZE)).toEqual([]);
  });

  test('in code, but for the scale that Mantine computes with', () => {
    const others = CODE.filter(({ path }) => !path.endsWith('/theme.ts'));
    expect(others.length).toBeGreaterThan(100);
    expect(found(others, /['"`](?:#[0-9a-f]{3,8}|rgba?\()/i)).toEqual([]);
  });

  test('and that scale is the accent of the tokens', () => {
    const scale = THEME.match(/#[0-9a-f]{6}/g)!;
    expect([scale[6], scale[8], scale[4]]).toEqual([
      LIGHT.get('--accent'),
      LIGHT.get('--accent-hover'),
      DARK.get('--accent'),
    ]);
  });

  test('the rule sees what breaks it', () => {
    const broken = ['color: #fff;', 'background: rgb(0 0 0 / .2);', 'url("data:…stroke=\'%2371828a\'")'];
    for (const line of broken) expect(found([{ path: 'a.css', text: line }], COLOUR)).toHaveLength(1);
    for (const line of ['font-size: 12px;', 'font: 500 12px/16px x;'])
      expect(found([{ path: 'a.css', text: line }], SIZE)).toHaveLength(1);
    expect(found([{ path: 'a.css', text: 'font: 500 var(--t-xs)/16px var(--font); padding: 4px;' }], SIZE)).toEqual([]);
  });
});

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
const contrast = (one: string, other: string) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
};

const GROUNDS = ['--bg', '--surface', '--raised', '--sunken', '--hover'];
const STATUS = ['bad', 'warn', 'good', 'info', 'idle', 'exp', 'ask', 'note'];
/** Text on each ground that it is used on, 4.5:1. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['--ink', [...GROUNDS, '--selected', '--accent-soft', '--exp-soft']],
  ['--ink-2', [...GROUNDS, '--selected']],
  ['--ink-3', GROUNDS],
  ['--accent-ink', [...GROUNDS, '--selected', '--accent-soft']],
  ['--on-accent', ['--accent', '--accent-hover']],
  ['--on-ink', ['--ink']],
  ['--c-excess', ['--surface', '--hover']],
  ...STATUS.map((name) => [`--${name}`, [`--${name}-soft`, '--surface']] as const),
];
/** Borders, rings and drawings, 3:1. */
const GRAPHIC: readonly (readonly [string, readonly string[]])[] = [
  ['--line-strong', ['--bg', '--surface', '--raised']],
  ['--focus', [...GROUNDS, '--selected']],
  ['--c-ink', ['--surface', '--c-band']],
  ['--c-mid', ['--surface', '--c-band']],
  ['--c-bar', ['--surface']],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`--c-${n}`, ['--surface']] as const),
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('contrast, %s', (_, theme) => {
  const failing = (pairs: typeof TEXT, least: number) =>
    pairs.flatMap(([on, grounds]) =>
      grounds
        .map((ground) => ({ pair: `${on} on ${ground}`, ratio: contrast(theme.get(on)!, theme.get(ground)!) }))
        .filter(({ ratio }) => !(ratio >= least)),
    );
  test('of text', () => expect(failing(TEXT, 4.5)).toEqual([]));
  test('of lines and drawings', () => expect(failing(GRAPHIC, 3)).toEqual([]));
});

test('every colour has both themes', () => {
  const coloured = [...LIGHT].filter(([, value]) => value.startsWith('#')).map(([name]) => name);
  const dark = block('[data-theme="dark"]');
  // paper on ink, and a soft ground that is the panel, are the same word in both
  expect(coloured.filter((name) => !dark.has(name))).toEqual([]);
});
