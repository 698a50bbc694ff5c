import { expect, test } from 'vitest';
import { csv, headOf } from './csv.ts';

test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', ' =1+1', '\u00a0@x', '\u200b=cmd()'])(
  'what a spreadsheet would run is kept from running: %j',
  (said) => {
    const written = csv([[said]]).replace(/^"|"?\r\n$/g, '');
    expect(written.startsWith("'")).toBe(true);
    expect(written).toContain(said.trim().slice(-1));
  },
);

test('numbers keep their sign, and plain words stay as they are', () => {
  expect(csv([[-3.5, 'a - b', '', null, true, new Date('2026-03-02T09:00:00Z')]])).toBe(
    '-3.5,a - b,,,true,2026-03-02T09:00:00.000Z\r\n',
  );
});

test('quotes, commas and line breaks survive', () => {
  expect(csv([['he said "no", twice', 'one\ntwo']])).toBe('"he said ""no"", twice","one\ntwo"\r\n');
});

test('the mark for Excel stands first, or not at all', () => {
  expect(headOf(['key'], true)).toBe('\uFEFFkey\r\n');
  expect(headOf(['key'], false)).toBe('key\r\n');
});
