/** The page is living only as long as nothing can be missing from it. */
import { expect, test } from 'vitest';

const PARTS = Object.keys(import.meta.glob('../../parts/*.tsx')).filter((path) => !path.endsWith('.test.tsx'));
const PAGE = Object.values(import.meta.glob('./*.tsx', { query: '?raw', import: 'default', eager: true })).join('\n');
/** They have no look of their own: bindings without a picture, and what another part fetches for itself. */
const UNSEEN = ['../../parts/keys.tsx', '../../parts/time-series-picture.tsx'];

test('every part stands on the page', () => {
  expect(PARTS.length).toBeGreaterThan(30);
  const missing = PARTS.filter((path) => !UNSEEN.includes(path) && !PAGE.includes(`'${path}'`));
  expect(missing).toEqual([]);
});
