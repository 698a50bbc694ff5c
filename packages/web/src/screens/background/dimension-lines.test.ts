import { expect, test } from 'vitest';
import { readDimensionLines } from './dimension-lines.ts';

test('a line is a dimension', () => {
  expect(readDimensionLines('platform: ios\n\n app version = 7.3.0 \nurl: a:b')).toEqual({
    platform: 'ios',
    'app version': '7.3.0',
    url: 'a:b',
  });
  expect(readDimensionLines(' \n')).toEqual({});
});

test.each(['platform', ': ios', 'platform:', `${'x'.repeat(65)}: y`])('%s is none', (line) =>
  expect(readDimensionLines(line)).toBeNull(),
);
