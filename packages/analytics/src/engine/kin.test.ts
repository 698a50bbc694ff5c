import { expect, test } from 'vitest';
import type { Item, Output } from './entry.ts';
import { kinOf } from './kin.ts';
import { createEngine, type EngineState } from './state.ts';
import { step } from './step.ts';
import { anItem, aStream, START } from './stream.fixture.ts';

const HOUR = 3_600_000;
const DAYS = 12;
const OWN = [
  'no puedo cambiar la clave',
  'donde esta el pedido de la tienda',
  'el pago de la tienda no llega',
  'la factura no esta bien',
];
const ENDS = [
  'por favor',
  'desde ayer',
  'en la tablet',
  'otra vez',
  'no se que hacer',
  'gracias',
  'todo el dia',
  'que hago',
];
const TROUBLE = [
  'la huella no abre la aplicacion',
  'no entra con la huella',
  'el sensor de huella falla en la aplicacion',
];

const rows = (
  prefix: string,
  texts: readonly string[],
  count: number,
  from: number,
  hours: number,
  area: string,
): Item[] =>
  Array.from({ length: count }, (_, i) =>
    anItem({
      id: `${prefix}${i}`,
      at: START + (from + ((i + 0.5) * hours) / count) * HOUR,
      text: `${texts[i % texts.length]} ${ENDS[(i * 3) % 8]} ${ENDS[(i * 5 + Math.floor(i / 8)) % 8]}`,
      author: `${prefix}${i}`,
      dimensions: { area: i % 12 === 0 ? 'other' : area },
    }),
  );

/** Two languages all along, and at the end a trouble that each tells of in its own words, some hours apart. */
function told(apart: number, area: string): { state: EngineState; out: Output[]; items: Item[] } {
  const english = aStream({ days: DAYS, outage: { day: 9, items: 24, hours: 10 } }).map((item, i) => ({
    ...item,
    dimensions: { area: item.id.startsWith('x') ? 'login' : `area ${i % 7}` },
  }));
  const everyday = rows('o', OWN, DAYS * 30, 0, DAYS * 24, 'shop').map((item, i) => ({
    ...item,
    dimensions: { area: `area ${i % 7}` },
  }));
  const theirs = rows('y', TROUBLE, 24, 9 * 24 + apart, 10, area);
  const items = [...english, ...everyday, ...theirs].sort((a, b) => a.at - b.at);
  const state = createEngine({ historical: true });
  return { state, items, out: step(state, { position: 1, kind: 'items', items }) };
}

const surges = (out: readonly Output[]) => out.filter((o) => o.kind === 'surge');
const ids = (out: readonly Output[]) => new Set(surges(out).map(({ surge }) => surge));

test('a trouble told in two languages at one time and from one place is one surge', () => {
  const { out } = told(1, 'login');
  expect(ids(out).size).toBe(1);
  const last = surges(out).at(-1)!;
  for (const letter of ['x', 'y']) expect(last.items.filter((id) => id.startsWith(letter)).length).toBeGreaterThan(8);
}, 60_000);

test('from another place, or half a day later, it is another', () => {
  expect(ids(told(1, 'shop').out).size).toBe(2);
  expect(ids(told(14, 'login').out).size).toBe(2);
}, 60_000);

test('what people have put apart is not joined again', () => {
  const { state, out } = told(1, 'login');
  const { index, data } = state;
  const group = surges(out)[0]!.group;
  const theirs = surges(out)
    .at(-1)!
    .items.filter((id) => !id.startsWith('x'));
  const slots = theirs.filter((id) => id.startsWith('y')).map((id) => index.slotOf.get(id)!);
  step(state, { position: 2, kind: 'split', group, items: theirs, into: 'mine' });
  step(state, { position: 3, kind: 'dismiss', group: 'mine' });
  expect(kinOf(state, slots)).toBe(-1);
  step(state, { position: 4, kind: 'merge', from: 'mine', into: group });
  expect(data.groups[kinOf(state, slots)]!.id).toBe(group);
}, 60_000);
