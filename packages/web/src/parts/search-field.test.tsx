import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { show } from '../../test/frame.tsx';
import { SearchField } from './search-field.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const heard: string[] = [];
beforeEach(() => heard.splice(0));
const field = (value: string, little: boolean) => (
  <SearchField label="Find" hint="Name" value={value} little={little} onSearch={(words) => heard.push(words)} />
);
const type = (words: string) => fireEvent.change(screen.getByLabelText('Find'), { target: { value: words } });

test('a little one narrows its list after a pause, once', () => {
  show(field('', true));
  for (const words of ['i', 'ip', 'ipho ']) type(words);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(heard).toEqual(['ipho']);
});

test('what is typed while the answer comes is not taken back; what comes from elsewhere is shown', () => {
  const { again } = show(field('', true));
  type('ip');
  vi.advanceTimersByTime(400);
  type('ipho');
  again(field('ip', true));
  expect(screen.getByLabelText('Find')).toHaveProperty('value', 'ipho');
  again(field('pixel', true));
  expect(screen.getByLabelText('Find')).toHaveProperty('value', 'pixel');
});

test('a large one waits for Enter', () => {
  show(field('', false));
  type('upload');
  vi.advanceTimersByTime(5000);
  expect(heard).toEqual([]);
  fireEvent.submit(screen.getByLabelText('Find'));
  expect(heard).toEqual(['upload']);
});

test('asked twice before the address has followed, the late answer to the first takes no letter back', () => {
  const { again } = show(field('', true));
  const typed = () => screen.getByLabelText<HTMLInputElement>('Find').value;
  for (const words of ['ip', 'ipho']) {
    type(words);
    vi.advanceTimersByTime(400);
  }
  type('iphone');
  again(field('ip', true));
  expect(typed()).toBe('iphone');
  again(field('ipho', true));
  expect(typed()).toBe('iphone');
  vi.advanceTimersByTime(400);
  expect(heard).toEqual(['ip', 'ipho', 'iphone']);
});

test('an address from elsewhere takes nothing from whoever is typing, and is shown to whoever is not', () => {
  const { again } = show(field('', false));
  const input = screen.getByLabelText<HTMLInputElement>('Find');
  input.focus();
  type('payo');
  again(field('saved view', false));
  expect(input.value).toBe('payo');
  fireEvent.submit(input);
  expect(heard).toEqual(['payo']);
  again(field('payo', false));
  again(field('saved view', false));
  expect(input.value, 'back in the history').toBe('saved view');
});

test('what was searched already is asked again without waiting for an address that does not come', () => {
  const { again } = show(field('late', false));
  fireEvent.submit(screen.getByLabelText('Find'));
  again(field('early', false));
  again(field('late', false));
  expect(screen.getByLabelText('Find')).toHaveProperty('value', 'late');
});
