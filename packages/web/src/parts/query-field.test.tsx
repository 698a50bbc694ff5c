import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { show } from '../../test/frame.tsx';
import { QueryField } from './query-field.tsx';

const heard: string[] = [];
/** The address says so. */
let arrive: (value: string) => void;
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  heard.splice(0);
  const suggest = async (field: string) =>
    field === 'source' ? [{ value: 'App Store', label: 'App Store', count: 12 }] : [];
  const field = (value: string) => (
    <QueryField value={value} label="Find" hint="words" suggest={suggest} onSearch={(q) => heard.push(q)} />
  );
  const { again } = show(field(''));
  arrive = (value) => again(field(value));
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

test('an address that arrives while one types takes no letter back, and shows once one has turned away', async () => {
  field().focus();
  await type('late');
  fireEvent.submit(field());
  await type('late pay');
  fireEvent.submit(field());
  await type('late payo');
  arrive('late');
  expect(field().value).toBe('late payo');
  arrive('late pay');
  expect(field().value).toBe('late payo');
  arrive('of a saved view');
  expect(field().value).toBe('late payo');
  fireEvent.submit(field());
  arrive('late payo');
  arrive('of a saved view');
  expect(field().value).toBe('of a saved view');
});
