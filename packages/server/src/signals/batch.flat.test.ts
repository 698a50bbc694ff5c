/** 400 MB through one request, in a process that may not hold half of them. The bench does as many gigabytes as are wanted. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineOf, named, openBatchTo } from '../../test/batch-sender.ts';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { realHouse } from '../../test/real-house.ts';

const MB = 1024 * 1024;
const SENT_MB = 400;
/** Most bytes are in texts that are cut on arrival, so that the database does not decide how long this takes. */
const LONG = 'the upload hangs at ninety-nine percent and nothing helps '.repeat(4_000).slice(0, 200_000);
/** One line that is no row: sixty times as long as one may be. */
const ENDLESS = Buffer.alloc(MB, 'x');
const ENDLESS_MB = 60;

let house: TestHouse; // gives the token and the database
/** What takes requests, alone: the engine and the copies remember texts by design, and would be measured too. */
const api = realHouse(
  () => ({
    DATABASE_URL: house.urlFor('owner'),
    DATABASE_APP_URL: house.urlFor('app'),
    NODE_OPTIONS: '--max-old-space-size=160', // whoever holds what passes ends here
  }),
  'api',
);
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await api.close();
  await house.close();
});

/** The most that the process ever held, in MB, as the system knows it. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

test.skipIf(process.platform !== 'linux')(
  '400 MB pass through less memory than that',
  { timeout: 300_000 },
  async () => {
    const source = (await house.as('lead').post('/api/sources', { name: 'long', kind: 'ticket' })).body.id;
    const { token } = (await house.as('admin').post('/api/tokens', { name: 'long', sourceId: source })).body;
    const started = await api.start();
    const pid = started.child.pid!;
    const { stream, answer } = openBatchTo(started.url, token, named('long'));
    const write = async (part: string | Buffer) => {
      if (!stream.write(part)) await once(stream, 'drain');
    };

    let rows = 0;
    let sent = 0;
    while (sent < SENT_MB * MB) {
      const lines = lineOf({ id: `long-${rows}`, text: LONG }) + lineOf({ id: `short-${rows}` });
      rows += 2;
      sent += lines.length;
      await write(lines);
      if (rows === 600) {
        for (let i = 0; i < ENDLESS_MB; i++) await write(ENDLESS);
        await write('\n');
        sent += ENDLESS_MB * MB;
      }
    }
    stream.end();
    const { lines } = await answer;
    expect(lines).toMatchObject([
      { row: 601, reason: expect.stringContaining('1 MB') },
      { summary: { rows: rows + 1, added: rows, refused: 1, finished: true } },
    ]);
    // Buffers lie beside the heap that the limit above is for.
    expect(peakMb(pid)).toBeLessThan(SENT_MB);
  },
);
