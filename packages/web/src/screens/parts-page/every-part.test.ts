/** The page is living only as long as nothing can be missing from it. */
import { expect, test } from 'vitest';

const PARTS = Object.entries(
  import.meta.glob<string>('../../parts/*.tsx', { query: '?raw', import: 'default', eager: true }),
).filter(([path]) => !path.endsWith('.test.tsx'));
const PAGE = Object.values(import.meta.glob('./*.tsx', { query: '?raw', import: 'default', eager: true })).join('\n');
/** It has no look of its own: bindings without a picture. */
const UNSEEN = ['../../parts/keys.tsx'];

test('every part stands on the page, by itself or as a piece of another', () => {
  expect(PARTS.length).toBeGreaterThan(30);
  const pieceOf = (name: string) =>
    PARTS.some(([path, text]) => !path.endsWith(`/${name}`) && text.includes(`'./${name}'`));
  const missing = PARTS.map(([path]) => path).filter(
    (path) => !UNSEEN.includes(path) && !PAGE.includes(`'${path}'`) && !pieceOf(path.split('/').at(-1)!),
  );
  expect(missing).toEqual([]);
});
