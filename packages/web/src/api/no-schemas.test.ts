import { expect, test } from 'vitest';
import { z } from './no-schemas.ts';

/** As the contract writes it, down to the chains. */
const shapes = z as {
  object: (fields: object) => { extend: (fields: object) => unknown; parse: (value: unknown) => unknown };
  iso: { datetime: () => { nullable: () => unknown } };
};

test('stands still for everything the contract declares', () => {
  expect(() => shapes.object({ at: shapes.iso.datetime().nullable() }).extend({})).not.toThrow();
});

test('refuses to pretend that something was checked', () => {
  expect(() => shapes.object({}).parse({ any: 'thing' })).toThrow('not part of the browser');
});
