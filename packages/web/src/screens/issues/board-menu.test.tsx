import type { IssueRow } from '@groundswell/contract';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { show } from '../../../test/frame.tsx';
import { BoardMenu } from './board-menu.tsx';

afterEach(cleanup);
const done: string[] = [];
beforeEach(() => done.splice(0));

/** Without a layout nothing has a place, and what is still coming in counts as hidden. */
const HIDDEN_OR_NOT = { hidden: true };

/** No more of an issue than the menu reads. */
const row = (id: string, can: IssueRow['can']) => ({ id, can }) as IssueRow;
const ROWS = [row('one', ['confirm', 'dismiss']), row('two', ['reopen'])];

function Board() {
  const [at, setAt] = useState<{ row: IssueRow; button: HTMLElement } | null>(null);
  const [opened, setOpened] = useState(false);
  const act = (name: string) => (issue: IssueRow) => void done.push(`${name} ${issue.id}`);
  return (
    <>
      {ROWS.map((one) => (
        <button
          key={one.id}
          type="button"
          onClick={(event) => {
            setAt({ row: one, button: event.currentTarget });
            setOpened(true);
          }}
        >
          {one.id}
        </button>
      ))}
      <BoardMenu
        at={at}
        opened={opened}
        onClose={() => setOpened(false)}
        onConfirm={act('confirm')}
        onDismiss={act('dismiss')}
        onReopen={act('reopen')}
        onGive={act('give')}
      />
    </>
  );
}

const open = async (card: string) => {
  const button = screen.getByRole('button', { name: card });
  button.focus();
  fireEvent.click(button);
  return await screen.findByRole('menu', HIDDEN_OR_NOT);
};
const itemsOf = (menu: HTMLElement) =>
  within(menu)
    .getAllByRole('menuitem', HIDDEN_OR_NOT)
    .map((item) => item.textContent);

test('one menu serves all cards: each offers what may be done with its own issue, and does it to that one', async () => {
  show(<Board />);
  expect(itemsOf(await open('one'))).toEqual(['Confirm', 'Dismiss', 'Give to …']);
  fireEvent.click(screen.getByRole('menuitem', { name: 'Dismiss', ...HIDDEN_OR_NOT }));
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());

  const second = await open('two');
  expect(itemsOf(second)).toEqual(['Reopen', 'Give to …']);
  fireEvent.click(screen.getByRole('menuitem', { name: 'Give to …', ...HIDDEN_OR_NOT }));
  expect(done).toEqual(['dismiss one', 'give two']);
});

test('Escape closes the menu and the focus is on the card again', async () => {
  show(<Board />);
  const menu = await open('two');
  within(menu).getAllByRole('menuitem', HIDDEN_OR_NOT)[0]!.focus();
  fireEvent.keyDown(menu, { key: 'Escape' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'two' })));
  expect(done).toEqual([]);
});
