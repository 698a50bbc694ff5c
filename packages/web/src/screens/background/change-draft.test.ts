import { expect, test } from 'vitest';
import { changeOf, freshDraft, unreadableIn } from './change-draft.ts';

const draft = { ...freshDraft(new Date()), at: '2026-03-01 09:30', title: ' iOS 7.3.0 ' };

test('what was left empty is left out', () => {
  expect(changeOf(draft)).toEqual({
    kind: 'release',
    title: 'iOS 7.3.0',
    at: new Date('2026-03-01T09:30').toISOString(),
    dimensions: {},
  });
  const full = { ...draft, until: '2026-03-02', share: '12.5', url: ' https://a.example ', reach: 'platform: ios' };
  expect(changeOf(full)).toMatchObject({
    until: new Date('2026-03-02T00:00').toISOString(),
    share: 0.125,
    url: 'https://a.example',
    dimensions: { platform: 'ios' },
  });
});

test('a field that cannot be read is named, and nothing is sent', () => {
  const bad = { ...draft, at: 'yesterday', until: 'soon', reach: 'ios' };
  expect(unreadableIn(bad)).toEqual({ at: true, until: true, reach: true });
  expect(changeOf(bad)).toBeNull();
  expect(changeOf({ ...draft, until: '2026-02-30' })).toBeNull();
  expect(unreadableIn(draft)).toEqual({ at: false, until: false, reach: false });
});
