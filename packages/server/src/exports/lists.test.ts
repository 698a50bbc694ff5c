/** Every list that a screen shows leaves as a file with the same rows: same filters, same rights, same wall. */
import { EXPORT_LISTS, type ExportList } from '@groundswell/contract';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller, TestHouse } from '../../test/house.ts';
import { troubledHouse } from '../../test/troubled-house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeActiveUsers } from '../background/index.ts';
import { openFollower } from '../copies/index.ts';
import { openLog } from '../platform/log.ts';

let house: TestHouse;
let admin: Caller;
let insider: Caller;
let token: string;
let key: string;
let desk: string;
const FORMULA = '=HYPERLINK("http://x","y")';

beforeAll(async () => {
  house = await troubledHouse();
  admin = house.as('admin');
  await admin.get('/api/session');
  insider = house.as({ name: 'insider', compartments: ['open', 'legal'], can: [...admin.can] });
  await insider.get('/api/session');
  const { body: legal } = await insider.post('/api/sources', { name: 'Counsel', kind: 'ticket', compartment: 'legal' });
  const { body: made } = await admin.post('/api/sources', { name: '=desk', kind: 'ticket', regions: ['DE', 'JP'] });
  desk = made.id;
  token = (await admin.post('/api/tokens', { name: '+loader', sourceId: desk })).body.token;
  await insider.post('/api/tokens', { name: 'of counsel', sourceId: legal.id });
  const copied = Array.from({ length: 4 }, (_, i) => ({
    ...{ id: `c${i}`, ts: '2026-03-01T10:00:00Z', author: `p${i}`, dimensions: { app: '@7.1' } },
    text: '=2+5 is what they all wrote, word for word, in the one night when the payouts did not come',
  }));
  await admin.post(`/api/signals?source=${desk}`, copied);
  const log = openLog('silent');
  await openFollower({ db: house.tools.db, log }).drain();
  await admin.post('/api/teams', { name: '@night', members: [admin.id, insider.id] });
  const mail = { name: '-5', email: 'new@example.org', roles: ['viewer'] };
  await admin.post('/api/invitations', mail);
  await admin.post('/api/changes', [{ id: 'r1', at: '2026-03-01T00:00:00Z', kind: 'release', title: '+38.1' }]);
  await takeActiveUsers(house.tools, { ...SYSTEM.intake('open'), can: new Set(['background.send']) }, 'open', [
    { row: 1, value: { day: '2026-03-01', users: 12 } },
  ]);
  await admin.post('/api/connectors', {
    ...{
      sourceId: desk,
      kind: 'standard_webhook',
      settings: { mapping: { ts: 'ts', text: 'text' } },
      secrets: {},
      everyMinutes: 5,
    },
  });
  key = (await admin.get('/api/issues')).body.issues[0].key;
  await admin.post(`/api/issues/${key}/comments`, { text: FORMULA });
  const upload = { url: '/api/imports?fileName=%3Dfile.csv', headers: { 'content-type': 'application/octet-stream' } };
  await admin.send({ method: 'POST', ...upload, payload: 'ts,text\n2026-03-01T10:00:00Z,it crashes\n' });
}, 120_000);
afterAll(() => house.close());

const rowsOf = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });
const PATHS: Readonly<Record<ExportList, () => string>> = {
  issues: () => '/api/issues/export.csv?group=all',
  cases: () => '/api/cases/export.csv',
  signals: () => '/api/signals/export.csv',
  changes: () => '/api/changes/export.csv',
  values: () => '/api/dimensions/app/export.csv',
  topics: () => '/api/search/topics/export.csv?q=*',
  comments: () => `/api/issues/${key}/comments/export.csv`,
  history: () => `/api/issues/${key}/history/export.csv`,
  people: () => '/api/people/export.csv',
  invitations: () => '/api/invitations/export.csv',
  teams: () => '/api/teams/export.csv',
  roles: () => '/api/roles/export.csv',
  tokens: () => '/api/tokens/export.csv',
  imports: () => '/api/imports/export.csv',
  sources: () => '/api/sources/export.csv',
  connectors: () => '/api/connectors/export.csv',
  copies: () => `/api/copies/export.csv?source=${desk}`,
  dimensions: () => '/api/exports/dimensions.csv',
  active_users: () => '/api/active-users/export.csv',
  exports: () => '/api/exports/export.csv',
};
const file = async (list: ExportList, more = '', who: Caller = admin) => {
  const path = PATHS[list]();
  const { status, body } = await who.get(`${path}${more && (path.includes('?') ? '&' : '?')}${more}`);
  expect(status, `${list}: ${JSON.stringify(body)}`).toBe(200);
  return rowsOf(body);
};
const names = (rows: Record<string, string>[]) => rows.map(({ name }) => name);

describe('the file has what the screen has', () => {
  const SCREENS: [ExportList, string, (body: ReturnType<typeof JSON.parse>) => unknown[]][] = [
    ['people', '/api/people', ({ people }) => people],
    ['invitations', '/api/invitations', ({ invitations }) => invitations],
    ['teams', '/api/teams', ({ teams }) => teams],
    ['roles', '/api/roles', ({ roles }) => roles],
    ['tokens', '/api/tokens', ({ tokens }) => tokens],
    ['imports', '/api/imports', ({ imports }) => imports],
    ['sources', '/api/sources', ({ sources }) => sources],
    ['connectors', '/api/connectors', ({ connectors }) => connectors],
    ['copies', '/api/copies?source=', ({ groups }) => groups],
    ['dimensions', '/api/dimensions', ({ dimensions }) => dimensions],
    ['active_users', '/api/active-users', ({ series }) => series[0].days],
  ];
  test.each(SCREENS)('%s', async (list, screen, rows) => {
    const shown = rows((await admin.get(screen.replace('source=', `source=${desk}`))).body);
    const ids = (all: readonly unknown[]) => all.map((one) => (one as { id?: string }).id).sort();
    expect(shown.length).toBeGreaterThan(0);
    expect(ids(await file(list))).toEqual(ids(shown));
    expect(await file(list)).toHaveLength(shown.length);
  });

  test('comments and history of one issue, oldest first, and nothing of another', async () => {
    expect(await file('comments')).toMatchObject([{ issue: key, by: 'admin', text: `'${FORMULA}`, deleted: 'false' }]);
    const { history } = (await admin.get(`/api/issues/${key}`)).body;
    expect((await file('history')).map(({ id }) => id)).toEqual(history.map(({ id }: { id: string }) => id));
    expect((await admin.get('/api/issues/IS-999/comments/export.csv')).status).toBe(404);
  });

  test('topics that a search finds, with the issue of each', async () => {
    const { topics } = (await admin.get('/api/search?q=card&only=topics&limit=50')).body;
    const { body } = await admin.get('/api/search/topics/export.csv?q=card');
    expect(topics.total).toBeGreaterThan(0);
    expect(rowsOf(body).map(({ id, issue }) => [id, issue])).toEqual(
      topics.found.map(({ id, issueKey }: { id: string; issueKey: string }) => [id, issueKey]),
    );
  });
});

describe('the same filters', () => {
  test('people by words, and those who have gone only when asked for', async () => {
    const gone = house.as({ name: 'Gone Girl' });
    await gone.get('/api/session');
    await admin.post(`/api/people/${gone.id}/deactivate`);
    expect(names(await file('people', 'q=admin+admin'))).toEqual(['admin']);
    expect(names(await file('people'))).not.toContain('Gone Girl');
    expect(names(await file('people', 'gone=true&q=girl'))).toEqual(['Gone Girl']);
  });
  test('sources, dimensions and copies', async () => {
    expect(names(await file('sources', 'q=DESK'))).toEqual(["'=desk"]);
    expect(await file('sources', 'q=nothing+of+that+name')).toEqual([]);
    expect(await file('dimensions', 'q=no+such+name')).toEqual([]);
    expect(await file('dimensions', 'q=APP')).toHaveLength(1);
    expect(await file('copies', 'shape=flood')).toEqual([]);
    expect(await file('copies', 'shape=campaign&shape=copies')).toHaveLength(1);
  });
});

test('nothing that a spreadsheet would run, in any of them', async () => {
  for (const list of EXPORT_LISTS) {
    for (const row of await file(list)) {
      for (const cell of Object.values(row)) {
        const isNumber = cell !== '' && !Number.isNaN(Number(cell));
        if (!isNumber) expect(cell, list).not.toMatch(/^[=+\-@\t\r]/);
      }
    }
  }
  expect((await file('tokens')).map(({ name }) => name)).toContain("'+loader");
  expect((await file('teams'))[0]).toMatchObject({ name: "'@night", people: '2' });
  expect((await file('copies'))[0]!.first_text).toMatch(/^'=2\+5/);
});

test('of a token nothing leaves, not even its first letters; of a connector no secret', async () => {
  const { body } = await admin.get('/api/tokens/export.csv');
  expect(body).toContain('loader');
  expect(body).not.toContain(token.slice(4, 8));
  expect(body).not.toContain('gsw_');
  expect((await admin.get('/api/connectors/export.csv')).body).not.toContain('whsec');
});

test('needs the right of its screen, and shows nothing of another compartment', async () => {
  const reader = house.as({ name: 'reader', can: ['signal.read'] });
  for (const list of EXPORT_LISTS) {
    const { status } = await reader.get(PATHS[list]());
    const open = ['signals', 'changes', 'values', 'copies', 'dimensions', 'active_users', 'teams', 'exports'];
    expect([list, status]).toEqual([list, open.includes(list) ? 200 : 403]);
  }
  expect(names(await file('sources', '', insider))).toContain('Counsel');
  expect(names(await file('sources'))).not.toContain('Counsel');
  expect(names(await file('tokens', '', insider))).toContain('of counsel');
  expect(names(await file('tokens'))).not.toContain('of counsel');
});

test('how many rows left is recorded where they belong', async () => {
  await file('sources', '', insider);
  const made = (await house.events()).filter(({ name }) => name === 'export.made').slice(-2);
  expect(Object.fromEntries(made.map(({ compartment, payload }) => [compartment, payload]))).toEqual({
    legal: { list: 'sources', rows: 1, covered: false },
    open: { list: 'sources', rows: 2, covered: false },
  });
});

test('each is written in the background too, and comes out as it does at once', async () => {
  const more: Partial<Record<ExportList, object>> = {
    ...{ comments: { id: key }, history: { id: key }, values: { name: 'app' }, topics: { q: 'card' } },
  };
  for (const list of EXPORT_LISTS) {
    const { status, body } = await admin.post('/api/exports', { list, query: more[list] ?? {} });
    expect([list, status]).toEqual([list, 200]);
    await house.drainJobs();
    const reply = await admin.get(`/api/exports/${body.id}/file.csv`);
    expect([list, reply.status]).toEqual([list, 200]);
    if (list === 'comments') expect(rowsOf(reply.body)).toEqual(await file('comments'));
  }
  expect(await file('exports')).toHaveLength(EXPORT_LISTS.length);
}, 60_000);
