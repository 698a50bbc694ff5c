/** What arrives broken, late, twice or in bad faith: a counted reject, never a crash, never a lost good row. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRow, type BatchDesk, lineOf, manyLines, named, openDesk, type Sender } from '../../test/batch-sender.ts';
import { SYSTEM } from '../access/index.ts';
import { openBatch } from './batch.actions.ts';

let desk: BatchDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.house.close());

const good = (id: string) => lineOf({ id });

describe('a line', () => {
  const DEEP = '['.repeat(100_000);
  test.each<[string, string | Buffer, string]>([
    ['that is nested without end', `{"id":"x","dimensions":${DEEP}\n`, 'not a whole JSON object'],
    ['that is nested and whole', `{"dimensions":${DEEP}${']'.repeat(100_000)}}\n`, '"id" is missing'],
    ['of 2 MB', `{"text":"${'x'.repeat(2_000_000)}"}\n`, 'longer than 1 MB'],
    ['without quotes', '{id:1}\n', 'not valid JSON'],
    ['that is cut off', '{"id":"x","text":"a\n', 'cut off'],
    ['of binary', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x0a]), 'cut off'],
    ['with a NUL in its id', '{"id":"a\\u0000b","ts":"2026-03-01","text":"t"}\n', '"id" holds characters'],
    ['with half a character in its id', '{"id":"a\\ud800","ts":"2026-03-01","text":"t"}\n', '"id" holds characters'],
    ['of 1970', lineOf({ id: 'x', ts: '1970-01-01' }), 'before the year 2000'],
    ['of the year 2100', lineOf({ id: 'x', ts: '2100-01-01' }), 'in the future'],
    ['with a name that is no field', lineOf({ id: 'x', constructor: 1 }), '"constructor" is not a field'],
    ['with __proto__', '{"id":"x","ts":"2026-03-01","text":"t","__proto__":1}\n', '"__proto__" is not a field'],
    [
      'with __proto__ inside',
      '{"id":"x","ts":"2026-03-01","text":"t","dimensions":{"__proto__":"a"}}\n',
      '"__proto__"',
    ],
  ])('%s costs itself and no other', async (_, bad, reason) => {
    const to = await desk.aSender();
    const body = Buffer.concat([Buffer.from(good('a')), Buffer.from(bad), Buffer.from(good('b'))]);
    const { lines } = await desk.send(to, body);
    expect(lines).toEqual([
      { row: 2, id: expect.toSatisfy((id) => id === null || typeof id === 'string'), reason: expect.anything() },
      { summary: expect.objectContaining({ added: 2, refused: 1, finished: true, bytes: body.length }) },
    ]);
    expect(lines[0].reason).toContain(reason);
    expect(await desk.kept(to)).toEqual(['a', 'b']);
  });

  test.each([
    ['NUL and half a character in its text', '{"id":"x","ts":"2026-03-01","text":"a\\u0000b\\ud800c"}\n', 'ab\ufffdc'],
    ['bytes that are no UTF-8', Buffer.from('{"id":"x","ts":"2026-03-01","text":"caf\xe9"}\n', 'latin1'), 'caf\ufffd'],
    ['a byte order mark', '\ufeff{"id":"x","ts":"2026-03-01","text":"t"}\n', 't'],
    ['a carriage return', '{"id":"x","ts":"2026-03-01","text":"t"}\r\n', 't'],
    ['no line end behind it', '{"id":"x","ts":"2026-03-01","text":"t"}', 't'],
  ])('with %s is kept', async (_, body, text) => {
    const to = await desk.aSender();
    expect((await desk.send(to, body)).lines).toMatchObject([{ summary: { added: 1, refused: 0, finished: true } }]);
    const { rows } = await desk.house.owner.query('select text from signals where source_id = $1', [to.source]);
    expect(rows).toEqual([{ text }]);
  });

  test('twice in one batch is one signal', async () => {
    const to = await desk.aSender();
    const { lines } = await desk.send(to, good('a') + good('a') + lineOf({ id: 'a', text: 'edited' }));
    expect(lines).toMatchObject([{ summary: { rows: 3, added: 1, revised: 1, unchanged: 1 } }]);
  });
});

test('of half a gzip all that was whole is kept, and it is said how to go on', async () => {
  const to = await desk.aSender();
  const whole = manyLines(3_000);
  const packed = gzipSync(whole);
  const headers = { ...named('half'), 'content-encoding': 'gzip' };
  const [last] = (await desk.send(to, packed.subarray(0, packed.length / 2), headers)).lines;
  expect(last.summary).toMatchObject({ finished: false, problem: expect.stringContaining('cut off') });
  const { bytes, rows } = last.summary;
  expect(rows).toBeGreaterThan(500);
  expect(await desk.kept(to)).toHaveLength(rows);
  expect(whole.slice(0, bytes).split('\n').length - 1).toBe(rows);
  expect(last.summary.problem).toContain(`?fromByte=${bytes}`);

  const rest = await desk.send(to, gzipSync(whole.slice(bytes)), headers, `?fromByte=${bytes}`);
  expect(rest.lines).toMatchObject([{ summary: { rows: 3_000, added: 3_000, unchanged: 0, finished: true } }]);
});

test('a gzip that is none is refused in words, and nothing is kept', async () => {
  const to = await desk.aSender();
  const { lines } = await desk.send(to, manyLines(3), { 'content-encoding': 'gzip' });
  expect(lines).toMatchObject([{ summary: { rows: 0, finished: false, problem: expect.stringContaining('damaged') } }]);
});

describe('two at once', () => {
  test('with the same key: one sends, the other is told that it is busy', async () => {
    for (let round = 0; round < 5; round++) {
      const to = await desk.aSender();
      const both = [desk.open(to, named('k')), desk.open(to, named('k'))];
      for (const { stream } of both) {
        stream.on('error', () => {});
        stream.write(manyLines(10));
      }
      const busy = await Promise.race(both.map(({ answer }) => answer));
      expect([busy.status, busy.lines[0].code]).toEqual([409, 'batch.busy']);
      for (const { stream } of both) stream.end(manyLines(10, 10));
      const answers = await Promise.all(both.map(({ answer }) => answer.catch(() => null)));
      const [done] = answers.filter((one) => one?.status === 200);
      expect(done!.lines).toMatchObject([{ summary: { rows: 20, added: 20, finished: true } }]);
      expect(await desk.kept(to)).toHaveLength(20);
    }
  });

  test('with two keys and the same rows: each row is kept once', async () => {
    const to = await desk.aSender();
    const answers = await Promise.all(['a', 'b', 'c'].map((key) => desk.send(to, manyLines(3_000), named(key))));
    const sums = answers.map(({ lines }) => lines[0].summary);
    const total = (field: string) => sums.reduce((sum, one) => sum + one[field], 0);
    expect([total('added'), total('unchanged')]).toEqual([3_000, 6_000]);
    expect(await desk.kept(to)).toHaveLength(3_000);
  });

  test('a runner that fell silent is taken over, and keeps nothing from then on', async () => {
    const to = await desk.aSender();
    const first = desk.open(to, named('k'));
    first.stream.write(manyLines(2));
    await expect.poll(() => desk.view(to, 'k'), { timeout: 10_000 }).toMatchObject({ rows: 2 });
    expect((await desk.send(to, manyLines(4), named('k'))).lines[0].code).toBe('batch.busy');
    desk.house.clock.advance(61_000);
    const second = await desk.send(to, manyLines(4), named('k'));
    expect(second.lines).toMatchObject([{ summary: { rows: 4, added: 4, finished: true } }]);
    first.stream.end(manyLines(2, 100));
    const [last] = (await first.answer).lines;
    expect(last.summary).toMatchObject({ problem: expect.stringContaining('taken this batch over') });
    expect(await desk.kept(to)).toEqual(['r0', 'r1', 'r2', 'r3']);
  });
});

/** Past HTTP, with little patience. */
async function take(to: Sender, key: string, body: AsyncIterable<Uint8Array>, stop = new AbortController()) {
  const run = await openBatch(desk.house.tools, SYSTEM.intake('open'), {
    sourceId: to.source,
    key,
    fromByte: 0,
    packed: null,
    body,
    stopping: stop.signal,
    gone: () => false,
    pauseMs: 30,
    stalledMs: 300,
  });
  return run(() => {});
}

async function* pieces(parts: readonly (string | Uint8Array)[], then: 'end' | 'silence' = 'end') {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
  if (then === 'silence') await new Promise(() => {});
}

describe('a stream that stops', () => {
  test('is kept up to there, and given up in words after a while', async () => {
    const to = await desk.aSender();
    const { batch, problem } = await take(to, 'k', pieces([manyLines(3), '{"id":'], 'silence'));
    expect(batch).toMatchObject({ rows: 3, bytes: manyLines(3).length, finishedAt: null });
    expect(problem).toContain('taken for broken');
    expect(await desk.view(to, 'k')).toMatchObject({ atWork: false });
  });

  test('and comes again is one batch', async () => {
    const to = await desk.aSender();
    async function* slow() {
      for (let i = 0; i < 4; i++) {
        yield Buffer.from(good(`s${i}`));
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
    }
    expect(await take(to, 'k', slow())).toMatchObject({ batch: { rows: 4 }, problem: null });
  });

  test('because this server stops is answered in words', async () => {
    const to = await desk.aSender();
    const stop = new AbortController();
    const ended = take(to, 'k', pieces([good('a')], 'silence'), stop);
    await expect.poll(() => desk.kept(to)).toEqual(['a']);
    stop.abort();
    expect((await ended).problem).toContain('being stopped');
  });
});

test('however the stream is cut into chunks, the same is kept and answered', { timeout: 60_000 }, async () => {
  const body = Buffer.from(
    `\ufeff${good('é1')}\n  \r\n${lineOf({ id: 'x2', text: '日本語 ☂️' })}junk "\n${lineOf({ id: 'x3', rating: 9 })}${good('x4').trimEnd()}`,
  );
  const wanted = { rows: 5, lines: 7, added: 3, refused: 2, bytes: body.length };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: body.length }), { maxLength: 12 }), async (cuts) => {
      const to = await desk.aSender();
      const at = [0, ...cuts.toSorted((a, b) => a - b), body.length];
      const parts = at.slice(1).map((end, i) => body.subarray(at[i], end));
      const { batch, problem } = await take(to, 'k', pieces(parts));
      expect(problem).toBeNull();
      expect(batch).toMatchObject(wanted);
      expect((await take(to, 'k', pieces([body]))).batch.digest).toBe(batch.digest); // known, whatever the cuts were
    }),
    { numRuns: 25 },
  );
});

test('garbage between good rows never costs one of them', { timeout: 60_000 }, async () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.json(),
    fc.uint8Array({ maxLength: 40 }),
    fc.constant(JSON.stringify(aRow({ id: 7 }))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 20 }), async (junk) => {
      const to = await desk.aSender();
      const parts = junk.flatMap((bad, i) => [
        Buffer.from(typeof bad === 'string' ? bad.toWellFormed() : bad).filter((byte) => byte !== 10),
        `\n${good(`g${i}`)}`,
      ]);
      const { batch, problem } = await take(to, 'k', pieces(parts));
      expect(problem).toBeNull();
      expect(batch).toMatchObject({ added: junk.length, rows: batch.refused + junk.length });
      expect(await desk.kept(to)).toHaveLength(junk.length);
    }),
    { numRuns: 25 },
  );
});
