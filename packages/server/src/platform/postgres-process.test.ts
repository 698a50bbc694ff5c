import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** A stand-in whose recovery takes as long as the test wants: it speaks `words` times, a fifth of a second apart. It ends by itself. */
function slowServer(words: number): ServerSpec {
  const dataDir = mkdtempSync(join(folder, 'slow-'));
  const postgres = join(dataDir, 'postgres');
  const said = 'echo "LOG:  redo in progress, elapsed time: 10.00 s" >&2; sleep 0.2';
  const pidFile = 'printf "%s\\n\\n\\n\\n\\n\\n\\nready\\n" $$';
  writeFileSync(
    postgres,
    `#!/bin/sh\nfor i in $(seq ${words}); do ${said}; done\n${pidFile} > "${dataDir}/postmaster.pid"\nexec sleep 3\n`,
    { mode: 0o755 },
  );
  return { postgres, as: {}, dataDir, settings: {}, log: openLog('silent'), silentLimitMs: 1000 };
}

test('who recovers and says so is waited for, however long it takes', async () => {
  const server = await startServer(slowServer(10));
  await server.stop();
});

test('who is not ready and says nothing more is given up, with its last words', async () => {
  const dumb = slowServer(1);
  writeFileSync(dumb.postgres, '#!/bin/sh\necho "a last word" >&2\nexec sleep 3\n', { mode: 0o755 });
  await expect(startServer(dumb)).rejects.toThrow(/nothing for 1 s. Its last words:\na last word/);
});
