import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { keepSteady, letIn } from './steady.ts';
import { useSteadyRows, WaitingRows } from './steady-rows.tsx';

afterEach(cleanup);
interface Row {
  id: string;
  state: string;
  n?: number;
}
const own = new Set<string>();
const steadying = { idOf: ({ id }: Row) => id, placeOf: ({ state }: Row) => state, isOwn: (id: string) => own.has(id) };
const row = (id: string, state = 'new', n = 0): Row => ({ id, state, n });
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).join('');

test('rows change where they stand, new ones wait, those behind the last come in', () => {
  const held = letIn([row('a'), row('b'), row('c')], steadying);
  const next = keepSteady(
    held,
    [row('x'), row('c', 'new', 5), row('y'), row('a', 'done'), row('b'), row('z')],
    steadying,
  );
  expect(ids(next.rows)).toBe('abcz');
  expect(next.waiting).toBe(2);
  expect(next.rows.map(({ n }) => n)).toEqual([0, 0, 5, 0]);
  expect(next.rows[0]!.state).toBe('done');
  expect(next.places.get('a')).toBe('new'); // shown as done, and still where the reader saw it
});

test('what has left the list stays until the reader lets go; then everything is as the server says', () => {
  const held = letIn([row('a'), row('b')], steadying);
  const fresh = [row('n'), row('b')];
  expect(ids(keepSteady(held, fresh, steadying).rows)).toBe('ab');
  expect(ids(letIn(fresh, steadying).rows)).toBe('nb');
});

test('what the reader has moved goes where it belongs at once, and leaves at once', () => {
  own.add('a').add('b');
  const held = letIn([row('a'), row('b'), row('c')], steadying);
  const next = keepSteady(held, [row('b', 'done'), row('c')], steadying);
  own.clear();
  expect(ids(next.rows)).toBe('bc');
  expect(next.places.get('b')).toBe('done');
});

function List({ rows, list = 'one' }: { rows: readonly Row[]; list?: string }) {
  const region = useRef<HTMLDivElement>(null);
  const steady = useSteadyRows(rows, steadying, { region, list });
  return (
    <div ref={region} data-testid="list">
      <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
      {steady.rows.map(({ id }) => (
        <button key={id} type="button" className="row">
          {id}
        </button>
      ))}
    </div>
  );
}
const shown = () => [...document.querySelectorAll('.row')].map(({ textContent }) => textContent).join('');

test('nobody at it: what is new comes in by itself', () => {
  const list = show(<List rows={[row('a')]} />);
  list.again(<List rows={[row('b'), row('a')]} />);
  expect(shown()).toBe('ba');
});

test('with the focus in it nothing moves, and the focus stays; a press on the word lets them in', () => {
  const list = show(<List rows={[row('a'), row('b')]} />);
  screen.getByText('b').focus();
  list.again(<List rows={[row('d'), row('c'), row('b'), row('a')]} />);
  expect(shown()).toBe('ab');
  expect(document.activeElement?.textContent).toBe('b');
  fireEvent.click(screen.getByRole('button', { name: '2 new' }));
  expect(shown()).toBe('dcba');
  expect(screen.queryByRole('button', { name: /new/ })).toBeNull();
});

test('scrolled down nothing moves; another list begins anew', () => {
  const list = show(<List rows={[row('a')]} />);
  Object.defineProperty(globalThis, 'scrollY', { value: 300, configurable: true });
  list.again(<List rows={[row('b'), row('a')]} />);
  expect(shown()).toBe('a');
  list.again(<List rows={[row('b'), row('a')]} list="two" />);
  expect(shown()).toBe('ba');
  Object.defineProperty(globalThis, 'scrollY', { value: 0, configurable: true });
});
