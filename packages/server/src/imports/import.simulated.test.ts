/** The files of an invented world, as the command writes them, taken by the house as a person would give them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';

const GROUNDSWELL = join(import.meta.dirname, '../../../cli/bin/groundswell.mjs');
const folder = mkdtempSync(join(tmpdir(), 'groundswell-world-'));
let house: TestHouse;

beforeAll(async () => {
  house = await openHouse();
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  const world = ['simulate', '--days', '4', '--rate', '150', '--seed', '3', '--start', '2026-01-05', '--out', folder];
  expect(await run(world)).toMatchObject({ code: 0 });
}, 60_000);
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command to its end, and the jobs of the house meanwhile. */
async function run(args: readonly string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [GROUNDSWELL, ...args], { env: { PATH: process.env.PATH } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  let over = false;
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    return code as number;
  });
  while (!over) {
    await house.drainJobs();
    await Promise.race([ended, sleep(50)]);
  }
  return { code: await ended, said };
}

const linesOf = (...path: string[]): string[] =>
  readFileSync(join(folder, ...path), 'utf8')
    .trimEnd()
    .split('\n');

test('"import" takes all signals without a word about columns, exposure with them', async () => {
  const sourceId = (await house.as('lead').post('/api/sources', { name: 'world', kind: 'feedback' })).body.id;
  const { token } = (await house.as('admin').post('/api/tokens', { name: 'world', sourceId })).body;
  const url = `http://127.0.0.1:${(house.http.server.address() as AddressInfo).port}`;
  const rows = linesOf('signals.jsonl').map((line) => JSON.parse(line));
  const { code, said } = await run(['import', join(folder, 'signals.jsonl'), '--token', token, '--url', url]);
  expect(said).toContain(`${rows.length} rows read: ${rows.length} added, 0 revised, 0 were here already, 0 refused.`);
  expect(code).toBe(0);

  const kept = (await house.as('lead').get('/api/signals?limit=200&sort=oldest')).body.signals;
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(kept.length).toBeGreaterThan(100);
  for (const { externalId, exposure, creatorTier, language, rating, dimensions } of kept) {
    const { country, kind, platform, ...row } = byId.get(externalId);
    expect({ exposure, creatorTier, language, rating }).toEqual({
      ...{ exposure: row.exposure, creatorTier: row.creator_tier, language: row.language, rating: row.rating },
    });
    expect(dimensions).toMatchObject({ country, kind, platform });
  }
  expect(kept.some(({ exposure }: { exposure: number }) => exposure >= 2)).toBe(true);
}, 60_000);

test.each([
  ['active_users.csv', '/api/active-users/file'],
  ['changes.csv', '/api/changes/file'],
])('%s is taken whole', async (name, address) => {
  const reply = await house.as('lead').send({
    method: 'POST',
    url: `${address}?fileName=${name}`,
    payload: readFileSync(join(folder, name)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(reply.body).toMatchObject({ added: linesOf(name).length - 1, refused: [], refusedRows: 0 });
});
