import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode } from './codec.ts';

const leaf = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary' }),
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 10 }),
  fc.int32Array({ maxLength: 10 }),
  fc.uint8Array({ maxLength: 10 }),
  fc.array(fc.nat(), { maxLength: 30 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    fc.array(fc.integer(), { maxLength: 9 }).map((list) => new Set(list)),
  ),
}));

test('every plain value comes back as it was', () => {
  fc.assert(
    fc.property(value, (x) => {
      expect(decode(encode(x))).toEqual(x);
    }),
  );
});

test('a mostly empty array is small', () => {
  const array = new Float32Array(1 << 16);
  array[77] = 1.5;
  expect(encode(array).length).toBeLessThan(400);
  expect(decode(encode(array))).toEqual(array);
});

test('what is not plain is refused', () => {
  expect(() => encode(new Date())).toThrow(TypeError);
  expect(() => encode(() => 1)).toThrow('function');
});
