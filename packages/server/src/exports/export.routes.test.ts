/** Lists leaving the house: the same filters and the same wall as on screen, harmless to open, and recorded. */
import { setTimeout as sleep } from 'node:timers/promises';
import { exportSignals } from '@groundswell/contract';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { forgetOldExports } from './export.jobs.ts';
import type { Listing } from './listing.ts';
import { writeExport } from './write.actions.ts';

let house: TestHouse;
let admin: Caller;
let viewer: Caller;
let insider: Caller;
const sources: Record<string, string> = {};

beforeAll(async () => {
  house = await openHouse();
  admin = house.as('admin');
  viewer = house.as('viewer');
  insider = house.as({ name: 'insider', compartments: ['open', 'legal'], can: [...admin.can] });
  for (const compartment of ['open', 'legal']) {
    const { body } = await insider.post('/api/sources', { name: `=desk ${compartment}`, kind: 'ticket', compartment });
    sources[compartment] = body.id;
  }
  await give('open', [
    { id: 'plain', text: 'the upload stops' },
    { id: '=cmd', text: '=HYPERLINK("http://x","y")', dimensions: { app_version: '@7.1' } },
    { id: 'hard', text: 'what nobody should have to read', exposure: 3 },
  ]);
  await give('legal', [{ id: 'secret', text: 'the upload of the court' }]);
  await house.drainJobs();
});
afterAll(() => house.close());

async function give(compartment: string, rows: readonly object[]) {
  const at = { ts: '2026-03-01T10:00:00Z' };
  const { status } = await insider.post(
    `/api/signals?source=${sources[compartment]}`,
    rows.map((row) => ({ ...at, ...row })),
  );
  expect(status).toBe(200);
}

const rowsOf = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });
const read = async (path: string, who: Caller = admin) => rowsOf((await who.get(path)).body);
const made = async () => (await house.events()).filter(({ name }) => name.startsWith('export.'));
const ids = (rows: Record<string, string>[]) => rows.map((row) => row.external_id).sort();

describe('a list at once', () => {
  test('has the rows of the search, and nothing that a spreadsheet would run', async () => {
    const { status, headers, body } = await admin.get('/api/signals/export.csv?q=upload');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/csv');
    expect(String(headers['content-disposition'])).toMatch(
      /attachment; filename="groundswell-signals-20260302-0900.csv"/,
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(body.charCodeAt(0)).toBe(0xfeff);
    expect(ids(rowsOf(body))).toEqual(['plain']);
    const [formula] = await read('/api/signals/export.csv?q=HYPERLINK');
    expect(formula).toMatchObject({ source: "'=desk open", external_id: "'=cmd", exposure: 'X0' });
    expect(formula!.text).toBe(`'=HYPERLINK("http://x","y")`);
  });

  test('leaves out covered texts unless they are asked for by somebody with that right', async () => {
    const [covered] = await read('/api/signals/export.csv?q=id:hard');
    expect(covered).toMatchObject({ exposure: 'X3', text: '', text_left_out: 'true' });
    const lead = house.as('lead');
    const [shown] = await read('/api/signals/export.csv?q=id:hard&covered=true', lead);
    expect(shown).toMatchObject({ text: 'what nobody should have to read', text_left_out: 'false' });
    expect((await made()).at(-1)).toMatchObject({ payload: { list: 'signals', rows: 1, covered: true } });
    for (const path of ['/api/signals/export.csv?covered=true', '/api/signals/export.csv?q=id:hard&covered=true']) {
      expect((await viewer.get(path)).body.code).toBe('access.not_allowed');
    }
  });

  test('without the mark for Excel if that is not wanted', async () => {
    expect((await admin.get('/api/signals/export.csv?bom=false')).body.startsWith('source,external_id')).toBe(true);
  });

  test('shows an outsider nothing of another compartment, not even how much left of it', async () => {
    expect(ids(await read('/api/signals/export.csv?q=upload', insider))).toEqual(['plain', 'secret']);
    const events = (await made()).slice(-2);
    expect(events.map(({ compartment, payload }) => [compartment, payload])).toEqual([
      ['legal', { list: 'signals', rows: 1, covered: false }],
      ['open', { list: 'signals', rows: 1, covered: false }],
    ]);
    expect(ids(await read('/api/signals/export.csv', viewer))).not.toContain('secret');
  });

  test('needs the right of the list', async () => {
    const nobody = house.as({ name: 'no reader', can: ['people.manage'] });
    for (const list of ['issues', 'signals', 'changes', 'dimensions/app_version', 'sources', 'copies', 'tokens']) {
      expect((await nobody.get(`/api/${list}/export.csv`)).body.code).toBe('access.not_allowed');
    }
  });

  test('of changes, of values and of issues too', async () => {
    await admin.post('/api/changes', [{ id: 'r1', at: '2026-03-01T00:00:00Z', kind: 'release', title: '+38.1' }]);
    expect(await read('/api/changes/export.csv?kind=release')).toMatchObject([{ title: "'+38.1", kind: 'release' }]);
    expect(await read('/api/changes/export.csv?kind=flag')).toEqual([]);
    expect(await read('/api/dimensions/app_version/export.csv')).toMatchObject([{ value: "'@7.1", rows: '1' }]);
    expect((await admin.get('/api/dimensions/nonsense/export.csv')).body.code).toBe('dimension.not_found');
    expect((await admin.get('/api/issues/export.csv')).body).toMatch(/^\uFEFFkey,title,state/);
  });

  test('of more than 5,000 rows is refused in words that say what to do, and nothing is recorded', async () => {
    const before = (await made()).length;
    for (let from = 0; from < 5_100; from += 1_000) {
      await give(
        'open',
        Array.from({ length: 1_000 }, (_, i) => ({ id: `many ${from + i}`, text: 'one of many' })),
      );
    }
    const { status, body } = await admin.get('/api/signals/export.csv?q=many');
    expect([status, body.code, body.details.background]).toEqual([413, 'export.too_large', true]);
    expect((await made()).length).toBe(before);
  }, 60_000);
});

const start = async (who: Caller, query: object, list = 'signals') =>
  (await who.post('/api/exports', { list, query })).body;
const file = (who: Caller, id: string) => who.get(`/api/exports/${id}/file.csv`);

describe('a list in the background', () => {
  test('is written by a job, with progress, and belongs to whoever asked', async () => {
    const asked = await start(admin, { q: 'many' });
    expect(asked).toMatchObject({ state: 'waiting', rows: 0, total: 6_000, can: [] });
    expect((await file(admin, asked.id)).body.code).toBe('export.not_ready');
    await house.drainJobs();
    const ready = (await admin.get(`/api/exports/${asked.id}`)).body;
    expect(ready).toMatchObject({ state: 'ready', rows: 6_000, can: ['download'] });
    const rows = rowsOf((await file(admin, asked.id)).body);
    expect(new Set(rows.map((row) => row.external_id)).size).toBe(6_000);
    const events = (await made()).filter(({ subject }) => subject.id === asked.id);
    expect(events.map(({ name }) => name)).toEqual(['export.asked', 'export.written', 'export.downloaded']);
    expect(JSON.stringify(events)).not.toContain('many'); // ids and codes, no word of the query
    expect((await file(insider, asked.id)).body.code).toBe('export.not_found');
    expect((await insider.get('/api/exports')).body.exports).toEqual([]);
    expect((await admin.get('/api/exports')).body.exports).toHaveLength(1);
  }, 60_000);

  test('is gone for somebody who may not see all of it any more, and comes back with the right', async () => {
    const asked = await start(insider, { q: 'upload' });
    await house.drainJobs();
    expect(ids(rowsOf((await file(insider, asked.id)).body))).toEqual(['plain', 'secret']);
    const member = [insider.id, 'legal'];
    await house.owner.query('delete from person_compartments where person_id = $1 and compartment = $2', member);
    expect((await file(insider, asked.id)).body.code).toBe('export.not_found');
    await house.owner.query('insert into person_compartments values ($1, $2)', member);
    expect((await file(insider, asked.id)).status).toBe(200);
  });

  test('is not written for somebody who lost the compartment or the right meanwhile', async () => {
    const asked = await start(insider, { q: 'upload' });
    await house.owner.query(`delete from person_compartments where person_id = $1 and compartment = 'legal'`, [
      insider.id,
    ]);
    await house.drainJobs();
    await house.owner.query(`insert into person_compartments values ($1, 'legal')`, [insider.id]);
    const { body } = await insider.get(`/api/exports/${asked.id}`);
    expect(body).toMatchObject({ state: 'failed', can: [] });
    expect(body.problem).toContain('may not see everything');

    const reader = house.as({ name: 'reader for now', can: ['signal.read'] });
    const theirs = await start(reader, {});
    await house.owner.query(`update roles set capabilities = '{}' where name = $1`, [`only for ${reader.id}`]);
    await house.drainJobs();
    expect((await reader.get(`/api/exports/${theirs.id}`)).body.state).toBe('failed');
  });

  test('with covered texts needs the right when asked, when written and when downloaded', async () => {
    expect((await start(viewer, { covered: 'true' })).code).toBe('access.not_allowed');
    const lead = house.as({ name: 'lead for now', can: ['signal.read', 'signal.export_covered'] });
    const asked = await start(lead, { q: 'id:hard', covered: 'true' });
    await house.drainJobs();
    expect(rowsOf((await file(lead, asked.id)).body)[0]!.text).toContain('nobody should have to read');
    await house.owner.query(`update roles set capabilities = '{signal.read}' where name = $1`, [`only for ${lead.id}`]);
    expect((await file(lead, asked.id)).body.code).toBe('access.not_allowed');
  });

  test('refuses a query that the list would refuse, and more than three at once', async () => {
    expect((await start(admin, { rating: '9' })).code).toBe('request.invalid');
    expect((await start(admin, {}, 'nonsense')).code).toBe('request.invalid');
    const hasty = house.as({ name: 'hasty', can: ['signal.read'] });
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => start(hasty, { q: 'upload' })));
    expect(all.filter(({ code }) => code === 'export.too_many')).toHaveLength(2);
    await house.drainJobs();
  });

  test('is over after a day: link, row and file', async () => {
    const asked = await start(admin, { q: 'upload' });
    await house.drainJobs();
    const [{ sha256 }] = (await house.owner.query('select sha256 from exports where id = $1', [asked.id])).rows;
    expect(house.tools.files.has(sha256)).toBe(true);
    house.clock.advance(24 * 3_600_000);
    expect((await file(admin, asked.id)).body.code).toBe('export.not_found');
    await forgetOldExports.run(house.tools, {});
    expect(house.tools.files.has(sha256)).toBe(false);
    expect((await house.owner.query('select from exports')).rowCount).toBe(0);
  });

  test('can be removed by its owner alone', async () => {
    const asked = await start(admin, { q: 'upload' });
    expect((await viewer.delete(`/api/exports/${asked.id}`)).body.code).toBe('export.not_found');
    expect((await admin.delete(`/api/exports/${asked.id}`)).body).toEqual({ removed: true });
    await house.drainJobs();
    expect((await admin.get(`/api/exports/${asked.id}`)).body.code).toBe('export.not_found');
    expect(await house.tools.files.drafts()).toEqual([]);
  });
});

describe('a writer that dies', () => {
  /** A list whose second page comes only when the test lets it. */
  function slowly() {
    const gates: (() => void)[] = [];
    let begun = 0;
    const slow: Listing = {
      ...({} as Listing),
      list: 'signals',
      columns: ['n'],
      endpoint: exportSignals,
      read: () => ({
        count: async () => new Map([['open', 4]]),
        async page(_, after) {
          if (after === null) {
            begun++;
            return { rows: [[1], [2]], next: 'second' };
          }
          await new Promise<void>((go) => gates.push(go));
          return { rows: [[3], [4]], next: null };
        },
      }),
    };
    return { slow, gates, begun: () => begun };
  }

  test('in the middle is followed by one that writes it all; the dead one cannot spoil it', async () => {
    const { slow, gates } = slowly();
    const asked = await start(admin, { q: 'upload' });
    const first = writeExport(house.tools, () => slow, asked.id);
    while (gates.length < 1) await sleep(10);
    expect((await admin.get(`/api/exports/${asked.id}`)).body).toMatchObject({ state: 'running', rows: 2 });
    const second = writeExport(house.tools, () => slow, asked.id); // the queue gave the job to another
    while (gates.length < 2) await sleep(10);
    gates[1]!();
    await second;
    gates[0]!(); // not dead after all, only slow
    await first;
    const { body } = await file(admin, asked.id);
    expect(body).toBe('\uFEFFn\r\n1\r\n2\r\n3\r\n4\r\n');
    expect((await admin.get(`/api/exports/${asked.id}`)).body).toMatchObject({ state: 'ready', rows: 4 });
    expect(await house.tools.files.drafts()).toEqual([]);
  });

  test('between saying that it is written and putting it in its place: the download does the rest', async () => {
    const asked = await start(admin, { q: 'upload' });
    const died = { ...house.tools, files: { ...house.tools.files, draft: dies(house.tools.files.draft) } };
    const listing = slowly().slow;
    const quick: Listing = {
      ...listing,
      read: () => ({ ...listing.read({}, admin, house.now()), page: async () => ({ rows: [[7]], next: null }) }),
    };
    await expect(writeExport(died, () => quick, asked.id)).rejects.toThrow('killed');
    expect(await house.tools.files.drafts()).toHaveLength(1);
    expect((await file(admin, asked.id)).body).toBe('\uFEFFn\r\n7\r\n');
    expect(await house.tools.files.drafts()).toEqual([]);
  });

  type Draft = TestHouse['tools']['files']['draft'];
  const dies =
    (draft: Draft): Draft =>
    async (content, options) => ({
      ...(await draft(content, options)),
      keep: () => Promise.reject(new Error('killed')),
    });
});
