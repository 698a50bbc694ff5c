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
