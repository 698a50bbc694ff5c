import { beforeEach, expect, test, vi } from 'vitest';
import en from '../locales/en.json';
import {
  changeKeys,
  conflictsOf,
  isKeys,
  keysOf,
  onKeysChange,
  ownKeys,
  resetKeys,
  SHORTCUT_NAMES,
  SHORTCUTS,
} from './shortcuts.ts';

beforeEach(() => {
  localStorage.clear();
  resetKeys();
});

test('as shipped no two shortcuts get into each other’s way, and each has words', () => {
  for (const name of SHORTCUT_NAMES) {
    expect(conflictsOf(name, SHORTCUTS[name].keys, {}), name).toEqual([]);
    const words = SHORTCUTS[name].words
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], en);
    expect(words, SHORTCUTS[name].words).toBeTypeOf('string');
  }
});

test('a change is kept by this browser, heard at once, and taken back by a reset', () => {
  const heard = vi.fn();
  const stop = onKeysChange(heard);
  changeKeys('issues.confirm', 'y');
  expect(keysOf('issues.confirm', ownKeys())).toBe('y');
  expect(localStorage.getItem('groundswell.keys.own')).toBe('{"issues.confirm":"y"}');
  changeKeys('issues.confirm', null);
  expect(ownKeys()).toEqual({});
  changeKeys('issues.confirm', '');
  expect(keysOf('issues.confirm', ownKeys())).toBe('');
  resetKeys();
  expect(keysOf('issues.confirm', ownKeys())).toBe('c');
  expect(heard).toHaveBeenCalledTimes(4);
  stop();
});

test('what stands in the way is named: the same keys, and a first key that hides a second', () => {
  expect(conflictsOf('issues.confirm', 'd', {})).toEqual(['issues.dismiss']);
  expect(conflictsOf('issues.confirm', 'j', {})).toEqual(['list.next']);
  expect(conflictsOf('issues.confirm', 'g', {})).toContain('go.home');
  expect(conflictsOf('go.home', '? h', {})).toContain('help');
  expect(conflictsOf('issues.confirm', 'd', { 'issues.dismiss': '' })).toEqual([]);
  expect(conflictsOf('issue.confirm', 'x', {})).toEqual([]); // works on another screen only
});

test('what stands on the page of an issue meets its keys: the chart does, a list does not', () => {
  expect(conflictsOf('issue.merge', 'v', {})).toEqual(['chart.table']);
  expect(conflictsOf('chart.table', 'm', {})).toEqual(expect.arrayContaining(['issue.merge', 'signal.like']));
  expect(conflictsOf('issue.merge', 'w', {})).toEqual([]);
  expect(conflictsOf('issue.merge', '/', {})).toEqual(['search']);
  expect(conflictsOf('views', 'm', {})).not.toContain('issue.merge');
  expect(conflictsOf('issue.assign', 'f', {})).toEqual(['issue.follow']);
});

test('keys of the browser are no shortcuts', () => {
  for (const keys of ['Tab', ' ', 'F5', 'Shift', 'a b c', '', 'a ']) expect(isKeys(keys), keys).toBe(false);
  for (const keys of ['j', 'J', '*', 'g h', 'Enter', 'é', 'ن']) expect(isKeys(keys), keys).toBe(true);
});
