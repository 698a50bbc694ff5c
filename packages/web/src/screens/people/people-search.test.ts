import { expect, test } from 'vitest';
import { findPeople, readPeopleSearch } from './people-search.ts';

const person = (name: string, roles: string[], deactivatedAt: string | null = null) => ({
  name,
  email: `${name.split(' ')[0]!.toLowerCase()}@example.org`,
  roles,
  deactivatedAt,
});
const PEOPLE = [
  person('Bo Larsen', ['lead', 'viewer']),
  person('Amira Khoury', ['specialist']),
  person('Sofie Nguyen', ['specialist'], '2026-03-01T00:00:00Z'),
];
const found = (search: Parameters<typeof findPeople>[1]) => findPeople(PEOPLE, search).map(({ name }) => name);

test('people are found by name, mail and role together, in any case', () => {
  expect(found({})).toEqual(['Bo Larsen', 'Amira Khoury']);
  expect(found({ q: 'LARS' })).toEqual(['Bo Larsen']);
  expect(found({ q: 'amira@ special' })).toEqual(['Amira Khoury']);
  expect(found({ q: 'bo specialist' })).toEqual([]);
});

test('whoever has gone is found only when asked for', () => {
  expect(found({ q: 'sofie' })).toEqual([]);
  expect(found({ q: 'sofie', gone: true })).toEqual(['Sofie Nguyen']);
});

test('an address says what it can and forgets what it cannot', () => {
  expect(readPeopleSearch({ tab: 'roles', q: 'x', gone: 'true' })).toEqual({ tab: 'roles', q: 'x', gone: true });
  expect(readPeopleSearch({ tab: 'people', q: '', gone: 1 })).toEqual({});
  expect(readPeopleSearch({ tab: 'vault', q: 7 })).toEqual({});
});
