import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { useListKeys } from './list-keys.ts';

Element.prototype.scrollIntoView ??= () => {};
afterEach(cleanup);

const opened: string[] = [];

function List({ rows }: { rows: readonly string[] }) {
  const keys = useListKeys<HTMLUListElement>();
  return (
    <>
      <ul ref={keys.list}>
        {rows.map((row) => (
          <li key={row} data-row={row}>
            <button type="button" onClick={() => opened.push(row)}>
              {row}
            </button>
          </li>
        ))}
      </ul>
      <output>{keys.at}</output>
      <button type="button" onClick={keys.pass}>
        pass
      </button>
    </>
  );
}

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const at = () => screen.getByRole('status').textContent;
let addresses = 0;
const elsewhere = () => history.pushState(null, '', `/list-${addresses++}`);

test('j and k move the focus and stop at the ends', () => {
  elsewhere();
  show(<List rows={['a', 'b', 'c']} />);
  for (const key of ['j', 'j', 'j', 'j', 'k']) press(key);
  expect(at()).toBe('b');
  expect(document.activeElement?.textContent).toBe('b');
});

test('when the row one stands on leaves, j goes on with the row that took its place', () => {
  elsewhere();
  const { again } = show(<List rows={['a', 'b', 'c', 'd']} />);
  press('j');
  press('j');
  again(<List rows={['a', 'c', 'd']} />);
  press('j');
  expect(at()).toBe('c');
  again(<List rows={['a', 'd']} />);
  press('k');
  expect(at()).toBe('a');
});

test('who comes back to a list goes on where they left it', () => {
  elsewhere();
  show(<List rows={['a', 'b', 'c']} />);
  press('j');
  press('j');
  cleanup();
  show(<List rows={['a', 'b', 'c']} />);
  expect(at()).toBe('');
  press('j');
  expect(at()).toBe('b');
});

test('a row reached with Tab is the row the keys mean; Enter opens it even when the focus went elsewhere', () => {
  elsewhere();
  show(<List rows={['a', 'b', 'c']} />);
  const row = screen.getByRole('button', { name: 'c' });
  act(() => row.focus());
  act(() => row.blur());
  press('Enter');
  expect(opened).toEqual(['c']);
});

test('a decision passes on to the next row, at the end to the one before', () => {
  elsewhere();
  show(<List rows={['a', 'b']} />);
  press('j');
  fireEvent.click(screen.getByText('pass'));
  expect(at()).toBe('b');
  fireEvent.click(screen.getByText('pass'));
  expect(at()).toBe('a');
});
