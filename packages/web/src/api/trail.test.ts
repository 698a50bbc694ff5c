import { beforeEach, expect, test } from 'vitest';
import { forgetTrails, noteVisit, togglePin, trail } from './trail.ts';

beforeEach(() => {
  localStorage.clear();
  forgetTrails();
  history.pushState(null, '', '/');
});

test('the last twenty, each once, the newest first', () => {
  for (let i = 0; i < 25; i++) noteVisit(`/issues/IS-${i}`);
  noteVisit('/issues/IS-20');
  expect(trail().recent).toHaveLength(20);
  expect(trail().recent.slice(0, 3)).toEqual(['/issues/IS-20', '/issues/IS-24', '/issues/IS-23']);
});

test('what is pinned stays until it is unpinned', () => {
  togglePin('/issues/IS-1');
  togglePin('/signals');
  togglePin('/issues/IS-1');
  expect(trail().pinned).toEqual(['/signals']);
});

test('a sample has its own', () => {
  noteVisit('/issues/IS-1');
  history.pushState(null, '', '/sample/3/issues');
  expect(trail().recent).toEqual([]);
  noteVisit('/issues/IS-9');
  history.pushState(null, '', '/');
  expect(trail().recent).toEqual(['/issues/IS-1']);
});

test('what is spoilt is left, and whoever signs out leaves nothing', () => {
  localStorage.setItem('groundswell.trail', '{"recent":["//evil.example.org",7,"/signals"],"pinned":"x"}');
  forgetTrailsOnlyInMemory();
  expect(trail()).toEqual({ recent: ['/signals'], pinned: [] });
  forgetTrails();
  expect(localStorage.length).toBe(0);
});

/** As a new page would begin. */
function forgetTrailsOnlyInMemory() {
  history.pushState(null, '', '/sample/1/');
  trail();
  history.pushState(null, '', '/');
}
