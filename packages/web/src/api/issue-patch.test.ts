import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { patchIssue } from './issue-patch.ts';

const row = (id: string) => ({ id, state: 'suspected', title: id, can: ['confirm'], version: 1 });

test('a decision shows in the list, on home and on its page at once, and goes back everywhere', async () => {
  const client = new QueryClient();
  const list = { pages: [{ issues: [row('a'), row('b')] }, { issues: [row('c')] }], pageParams: [] };
  client.setQueryData(['issues', 'list', {}], list);
  client.setQueryData(['issues', 'one', 'IS-1'], { ...row('a'), history: [] });
  client.setQueryData(['home'], { emerging: [row('a')], working: [row('b')], signals: {} });
  client.setQueryData(['issues', 'conflict', 'x'], undefined);
  const before = JSON.stringify(client.getQueriesData({}));
  const takeBack = await patchIssue(client, 'a', { state: 'confirmed', can: [] });

  const state = { state: 'confirmed', can: [] };
  expect(client.getQueryData(['issues', 'list', {}])).toMatchObject({
    pages: [{ issues: [state, { state: 'suspected' }] }, { issues: [{ state: 'suspected' }] }],
  });
  expect(client.getQueryData(['issues', 'one', 'IS-1'])).toMatchObject(state);
  expect(client.getQueryData(['home'])).toMatchObject({ emerging: [state], working: [{ state: 'suspected' }] });
  takeBack();
  expect(JSON.stringify(client.getQueriesData({}))).toBe(before);
});
