/** What stands in an address is anybody's: every name that an endpoint reads there is given what no database can keep. */

import type { Endpoint } from '@groundswell/contract';
import * as contract from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
});
afterAll(() => house.close());

const ID = '00000000-0000-4000-8000-000000000000';
/** As places in lists are given out, and changed by whoever sends them back. */
const place = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const HOSTILE: readonly string[] = [
  ...[
    '\0',
    'a\0b',
    '\0:a',
    'a:\0',
    '0000-01-01',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '-1',
    '1e308',
    '__proto__',
  ],
  ...[place('0000-01-01T00:00:00Z', ID), place('2026-01-01T00:00:00Z', ID), place('999999999', ID), place('\0', ID)],
  ...[place('0000-01-01T00:00:00Z', ID, 1), place('2026-01-01T00:00:00Z', ID, 1e-320)],
];

const endpoints = (Object.values(contract) as unknown[]).filter(
  (one): one is Endpoint => typeof one === 'object' && one !== null && 'path' in one && 'right' in one,
);

interface Field {
  readonly options?: readonly string[];
  readonly unwrap?: () => Field;
}
const fieldsOf = ({ query }: Endpoint): Record<string, Field> =>
  (query as unknown as { shape?: Record<string, Field> } | undefined)?.shape ?? {};
const ordersOf = (field: Field | undefined): readonly string[] =>
  field?.options ?? (field?.unwrap ? ordersOf(field.unwrap()) : []);

/** A list is asked in each of its orders, since a place means something else in each. */
function* addressesOf(endpoint: Endpoint): Generator<string> {
  const fields = fieldsOf(endpoint);
  const orders = ordersOf(fields.sort).map((sort) => `sort=${sort}&`);
  const plain = endpoint.path.replace(/:\w+/g, ID);
  for (const said of HOSTILE.map(encodeURIComponent)) {
    if (endpoint.path.includes(':')) yield endpoint.path.replace(/:\w+/g, said);
    for (const name of Object.keys(fields)) {
      for (const order of orders.length > 0 ? orders : ['']) yield `${plain}?${order}${name}=${said}`;
    }
  }
}

test.each(endpoints.map((one) => [`${one.method} ${one.path}`, one] as const))(
  '%s answers whatever its address holds',
  async (_, endpoint) => {
    for (const url of addressesOf(endpoint)) {
      if (endpoint.path === '/api/session') continue; // it would end the walk
      const { status } = await admin.send({ method: endpoint.method, url });
      expect(status, url).toBeLessThan(500);
    }
  },
  60_000,
);
