import type { SavedView } from '@groundswell/contract';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { ViewEdit } from './view-edit.tsx';

afterEach(cleanup);
const sent: object[] = [];
beforeEach(() => sent.splice(0));

const VIEW: SavedView = {
  id: '7f1c7f2e-0000-4000-8000-000000000001',
  version: 1,
  kind: 'signals',
  name: 'Payouts',
  search: { q: 'payout' },
  share: { with: 'private' },
  team: null,
  owner: { id: '7f1c7f2e-0000-4000-8000-000000000002', name: 'Ana' },
  starts: false,
  watch: null,
  can: ['change'],
};
const edit = (view: SavedView) => (
  <ViewEdit
    view={view}
    teams={[]}
    search={{ q: 'crash', sort: 'oldest' }}
    busy={false}
    hands={{ change: (on, said) => sent.push({ version: on.version, ...said }) }}
    onClose={() => sent.push({ closed: true })}
  />
);
const name = () => screen.getByRole('textbox', { name: 'Name' });
const press = (words: string) => fireEvent.click(screen.getByRole('button', { name: words }));

test('what was changed elsewhere stands beside what I typed, and mine is kept upon theirs without taking what I left alone', () => {
  const { again } = show(edit(VIEW));
  fireEvent.change(name(), { target: { value: 'Late payouts' } });
  again(edit({ ...VIEW, version: 2, name: 'Payouts of today', share: { with: 'everyone' } }));
  expect(screen.getByRole('row', { name: 'Name Late payouts Payouts of today' })).toBeTruthy();
  expect(screen.queryByRole('row', { name: /Filters/ }), 'nobody touched the list').toBeNull();
  expect(screen.queryByRole('button', { name: 'Save the change' })).toBeNull();
  press('Do mine after all');
  expect(sent).toEqual([{ version: 2, name: 'Late payouts', share: { with: 'everyone' }, search: { q: 'payout' } }]);
});

test('the list that I wanted to keep is compared in words, and theirs can stand', () => {
  const { again } = show(edit(VIEW));
  press('Keep the list as it is now');
  again(edit({ ...VIEW, version: 2, search: { q: 'login' } }));
  expect(screen.getByRole('row', { name: 'Filters and order q: crash · sort: oldest q: login' })).toBeTruthy();
  press('Keep what is there');
  expect(sent).toEqual([
    { version: 1, name: 'Payouts', share: { with: 'private' }, search: { q: 'crash', sort: 'oldest' } },
    { closed: true },
  ]);
});

test('a change is sent upon the version that was seen, so that none is overwritten unseen', () => {
  show(edit({ ...VIEW, version: 4 }));
  fireEvent.change(name(), { target: { value: 'Late' } });
  press('Save the change');
  expect(sent).toMatchObject([{ version: 4, name: 'Late' }]);
});
