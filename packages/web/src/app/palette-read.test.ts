import { expect, test } from 'vitest';
import { readTyped } from './palette-read.ts';

const HERE = 'https://gs.example.org';
const read = (said: string) => readTyped(said, HERE);

test('ids and keys are known by their shape, in any case and with space around them', () => {
  expect(read('  7D9F6A52-0000-8000-8000-00000000ABCD ')).toEqual({
    is: 'id',
    id: '7d9f6a52-0000-8000-8000-00000000abcd',
  });
  expect(read('is-12')).toEqual({ is: 'key', key: 'IS-12' });
  expect(read('IS-legal-3')).toEqual({ is: 'key', key: 'IS-LEGAL-3' });
  expect(read('gs-2026-00042')).toEqual({ is: 'key', key: 'GS-2026-00042' });
  expect(read('IS-0').is).toBe('words');
});

test('links of this site keep the world that they stand in', () => {
  expect(read(`${HERE}/issues/IS-3?list=group%3Dall`)).toEqual({
    is: 'link',
    path: '/issues/IS-3?list=group%3Dall',
    world: null,
  });
  expect(read(`${HERE}/sample/12/signals?q=x`)).toEqual({ is: 'link', path: '/signals?q=x', world: 12 });
  expect(read(`${HERE}/sample/12`)).toEqual({ is: 'link', path: '/', world: 12 });
  expect(read('/sample/3/issues')).toEqual({ is: 'link', path: '/issues', world: 3 });
  expect(read(`${HERE}/samples`)).toEqual({ is: 'link', path: '/samples', world: null });
});

test.each([
  'https://evil.example.org/issues',
  '//evil.example.org/issues',
  '/\\evil.example.org',
  'https://gs.example.org.evil.org/issues',
  'javascript:alert(1)',
  `${HERE}/api/issues`,
  'https://',
])('what leads elsewhere is no link: %s', (said) => {
  expect(read(said).is).toBe('words');
});

test('what could be an id of a sender says so', () => {
  expect(read('ticket-4711')).toMatchObject({ is: 'words', maybeId: true });
  expect(read('upload stuck 99')).toMatchObject({ maybeId: false });
  expect(read('   ')).toEqual({ is: 'nothing' });
});

test('whoever begins with @ looks for people', () => {
  expect(read(' @ana b')).toEqual({ is: 'who', words: 'ana b' });
  expect(read('@')).toEqual({ is: 'who', words: '' });
  expect(read('ana@example.org')).toMatchObject({ is: 'words' });
});
