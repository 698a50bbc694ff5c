import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { show } from '../../test/frame.tsx';
import { QueryField } from './query-field.tsx';

const heard: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  heard.splice(0);
  const suggest = async (field: string) =>
    field === 'source' ? [{ value: 'App Store', label: 'App Store', count: 12 }] : [];
  show(<QueryField value="" label="Find" hint="words" suggest={suggest} onSearch={(q) => heard.push(q)} />);
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Find' });
const key = (name: string) => fireEvent.keyDown(field(), { key: name });
async function type(words: string) {
  fireEvent.focus(field());
  fireEvent.change(field(), { target: { value: words } });
  await act(() => vi.advanceTimersByTimeAsync(300));
}

test('a field is completed with Tab, its value chosen with an arrow and Enter, the query sent with Enter', async () => {
  await type('late sour');
  expect(screen.getAllByRole('option')[0]!.textContent).toContain('source:');
  key('Tab');
  expect(field().value).toBe('late source:');
  await act(() => vi.advanceTimersByTimeAsync(300));
  key('ArrowDown');
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option').id);
  expect(heard).toEqual([]);
  key('Enter');
  expect(field().value).toBe('late source:"App Store" ');
  fireEvent.submit(field());
  expect(heard).toEqual(['late source:"App Store"']);
});

test('Esc closes the help and keeps the words; a search of before is offered again', async () => {
  await type('sour');
  expect(field().getAttribute('aria-expanded')).toBe('true');
  key('Escape');
  expect(field().getAttribute('aria-expanded')).toBe('false');
  expect(field().value).toBe('sour');
  fireEvent.submit(field());
  await type('');
  expect(screen.getAllByRole('option')[0]!.textContent).toContain('sour');
  key('ArrowDown');
  key('Enter');
  expect(heard.at(-1)).toBe('sour');
});
