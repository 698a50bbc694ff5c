/** The file itself: how long it is kept, what a crash leaves, what does not fit. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openFiles } from '../platform/files.ts';
import { importsIn, jsonl } from './import.fixture.ts';
import { keepFiles } from './import.jobs.ts';
import { uploadImport } from './import-upload.actions.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: TestHouse;
let it: ReturnType<typeof importsIn>;
beforeAll(async () => {
  house = await openHouse();
  it = importsIn(house);
});
afterAll(() => house.close());

const DAY = 24 * 3_600_000;
const later = async (days: number) => {
  house.clock.advance(days * DAY);
  await keepFiles.run(house.tools, {});
};
const pathOf = async (id: string): Promise<string> => {
  const { rows } = await house.owner.query('select file_sha256 from imports where id = $1', [id]);
  return house.tools.files.path(rows[0].file_sha256);
};
/** Every file of the store, drafts included. */
const stored = async (): Promise<string[]> => {
  const root = dirname(dirname(house.tools.files.path('0'.repeat(64))));
  const all = readdirSync(root, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map(({ name }) => name);
};

test('a file goes a week after its import ended, and nothing that needs it is offered afterwards', async () => {
  const file = `${jsonl(it.rows(2, 'keep'))}{"ts":\n`;
  const source = await it.aSource();
  const one = await it.imported(file, source);
  const path = await pathOf(one.id);
  expect(one).toMatchObject({ fileKeptUntil: new Date(house.now().getTime() + 7 * DAY).toISOString() });

  await later(6.9);
  expect(existsSync(path)).toBe(true);
  await later(0.2);
  expect(existsSync(path)).toBe(false);
  expect(await it.read(one.id)).toMatchObject({ fileKeptUntil: null, can: [], progress: { added: 2, refused: 1 } });
  expect((await it.lead().get(`/api/imports/${one.id}/refused.csv`)).body.code).toBe('import.file_gone');
  const ask = { sourceId: source, mapping: one.mapping };
  expect((await it.lead().post(`/api/imports/${one.id}/try`, ask)).body.code).toBe('import.file_gone');
  expect((await it.lead().get(`/api/imports/${one.id}/refused`)).body.rows).toHaveLength(1); // the list itself stays
});

test('a file that two imports share stays as long as one needs it', async () => {
  const file = jsonl(it.rows(3, 'shared'));
  const first = await it.imported(file, await it.aSource());
  await later(4);
  const { body: second } = await it.upload(file);
  await later(4); // the first has let go
  expect(await it.read(first.id)).toMatchObject({ fileKeptUntil: null });
  expect(existsSync(await pathOf(second.id))).toBe(true);
  const start = { sourceId: await it.aSource(), mapping: second.suggested };
  expect((await it.lead().post(`/api/imports/${second.id}/start`, start)).status).toBe(200);
  await later(30); // what is running keeps its file
  expect(await it.read(second.id)).toMatchObject({ state: 'running', fileKeptUntil: null });
  expect(existsSync(await pathOf(second.id))).toBe(true);
  await house.drainJobs();
  expect(await it.read(second.id)).toMatchObject({ state: 'done', progress: { added: 3 } });
  await later(8);
  expect(existsSync(await pathOf(second.id))).toBe(false);
});

test('an upload that nobody starts goes after a week, one that is thrown away at once', async () => {
  const { body: forgotten } = await it.upload(jsonl(it.rows(1, 'forgotten')));
  const { body: unwanted } = await it.upload(jsonl(it.rows(1, 'unwanted')));
  expect((await it.lead().post(`/api/imports/${unwanted.id}/cancel`)).body).toMatchObject({
    state: 'cancelled',
    can: [],
  });
  await house.drainJobs();
  expect(existsSync(await pathOf(unwanted.id))).toBe(false);
  const start = { sourceId: await it.aSource(), mapping: unwanted.suggested };
  expect((await it.lead().post(`/api/imports/${unwanted.id}/start`, start)).body.code).toBe('import.file_gone');
  expect(existsSync(await pathOf(forgotten.id))).toBe(true);
  await later(7.1);
  expect(existsSync(await pathOf(forgotten.id))).toBe(false);
});

test('whoever dies while letting go leaves nothing for good', async () => {
  const one = await it.imported(jsonl(it.rows(1, 'dying')), await it.aSource());
  const path = await pathOf(one.id);
  house.clock.advance(8 * DAY);
  const dying = { ...house.tools, files: { ...house.tools.files, remove: () => Promise.reject(new Error('killed')) } };
  await expect(keepFiles.run(dying, {})).rejects.toThrow('killed');
  expect(await it.read(one.id)).toMatchObject({ fileKeptUntil: null }); // the promise was taken back first
  expect(existsSync(path)).toBe(true);
  await keepFiles.run(house.tools, {});
  expect(existsSync(path)).toBe(false);
});

test('an upload that died before its file had a name is finished; a draft that nobody knows is swept', async () => {
  const { body } = await it.upload(jsonl(it.rows(2, 'named')));
  const path = await pathOf(body.id);
  const root = dirname(dirname(path));
  const draft = join(root, `.${body.id}.part`);
  execFileSync('mv', [path, draft]); // as a crash between the two leaves it
  const [young, old] = [join(root, `.${randomUUID()}.part`), join(root, `.${randomUUID()}.part`)];
  for (const lost of [young, old]) writeFileSync(lost, 'half an upload');
  const before = new Date(Date.now() - 2 * DAY);
  utimesSync(old, before, before);

  await keepFiles.run(house.tools, {});
  expect([path, draft, young, old].map((one) => existsSync(one))).toEqual([true, false, true, false]);
  rmSync(young);
});

test('what is unreadable, too large, or stops half-way is not kept', async () => {
  const before = await stored();
  expect((await it.upload('id,ts,text\n', 'empty.csv')).status).toBe(422);
  const large = {
    fileName: 'l.csv',
    body: Readable.from([Buffer.alloc(600, 'a'), Buffer.alloc(600, 'b')]),
    maxBytes: 1000,
  };
  const actor = it.lead();
  await expect(uploadImport(house.tools, actor, large)).rejects.toMatchObject({
    code: 'request.too_large',
    message: expect.stringContaining('Split it'),
  });
  const said = { ...large, body: Readable.from(['a,b\n1,2\n']), bytes: 5_000 }; // refused by what the sender announced
  await expect(uploadImport(house.tools, actor, said)).rejects.toMatchObject({ code: 'request.too_large' });

  await house.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.http.server.address() as { port: number };
  const { token } = (await house.as('admin').post('/api/tokens', { name: 'v', sourceId: await it.aSource() })).body;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /api/imports?fileName=v.jsonl HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 9000000\r\n\r\n`,
  );
  socket.write(jsonl(it.rows(2_000, 'vanish')));
  await expect.poll(async () => (await house.tools.files.drafts()).length).toBe(1);
  socket.destroy();
  await expect.poll(async () => (await house.tools.files.drafts()).length).toBe(0);
  expect(await stored()).toEqual(before);
});

/** A disk of this size, as root; null where nobody may mount one. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

test('a disk that is full refuses in words and is left as it was', async ({ skip }) => {
  const disk = smallDisk(8);
  if (!disk) {
    console.warn('SKIPPED: only root may mount a small disk, so that uploads to a full one were not tested.');
    return skip();
  }
  try {
    const tools = { ...house.tools, files: openFiles(join(disk, 'files')) };
    const lines = function* (megabytes: number) {
      const line = Buffer.from(jsonl(it.rows(2_000, 'disk')));
      for (let sent = 0; sent < megabytes * 1e6; sent += line.length) yield line;
    };
    const send = (megabytes: number, bytes?: number) =>
      uploadImport(tools, it.lead(), {
        fileName: 'd.jsonl',
        body: Readable.from(lines(megabytes)),
        ...(bytes && { bytes }),
      });
    await expect(send(1, 20e6)).rejects.toMatchObject({ code: 'house.disk_full' }); // said beforehand
    await expect(send(20)).rejects.toMatchObject({ code: expect.stringMatching(/ENOSPC|house.disk_full/) }); // found out
    expect(await tools.files.drafts()).toEqual([]);
    expect((await send(2)).state).toBe('uploaded'); // there is room again
  } finally {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
});
