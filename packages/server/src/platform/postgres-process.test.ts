import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEmbedded } from './embedded-postgres.ts';
import { openLog } from './log.ts';
import { chooseAccount, findBinaries } from './postgres-account.ts';
import { type ServerSpec, startServer } from './postgres-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'groundswell-process-'));
let spec: ServerSpec;
beforeAll(async () => {
  const log = openLog('silent');
  await (await startEmbedded({ folder, log, careless: true })).stop();
  const dataDir = join(folder, 'postgres');
  const as = chooseAccount(dataDir);
  const { postgres } = await findBinaries(as, join(folder, 'bin'));
  spec = { postgres, as, dataDir, settings: { fsync: 'off' }, log };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a port that somebody took in between is given up for the next one', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const next = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));

  const ports = [port, next];
  const server = await startServer(spec, async () => ports.shift()!);
  expect(server.port).toBe(next);
  await server.stop();
  taken.close();
});

test('a server that cannot start says why, and is not tried again', async () => {
  const asked = vi.fn(async () => 47_471);
  await expect(startServer({ ...spec, settings: { shared_buffers: 'much' } }, asked)).rejects.toThrow(
    /did not start\. Your data was not changed.*invalid value for parameter "shared_buffers"/s,
  );
  expect(asked).toHaveBeenCalledTimes(1);
});

test('stopping twice is stopping once', async () => {
  const server = await startServer(spec);
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
});
