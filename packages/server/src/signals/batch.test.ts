/** Batches over real connections: what is answered, and how a batch goes on after it broke off. */
import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BatchDesk,
  type Headers,
  lineOf,
  manyLines,
  named,
  openDesk,
  type Sender,
} from '../../test/batch-sender.ts';

let desk: BatchDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.house.close());

describe('a batch', () => {
  test('is answered with one line for each refused row, then a summary', async () => {
    const to = await desk.aSender();
    const body = [lineOf(), '\n', lineOf({ id: 'r2', rating: 9 }), 'no json\n', '[1]\n', lineOf({ id: 'r3' })].join('');
    const { status, key, lines } = await desk.send(to, body, { 'idempotency-key': 'first' });
    expect([status, key]).toEqual([200, 'first']);
    expect(lines).toEqual([
      { row: 3, id: 'r2', reason: expect.stringContaining('"rating"') },
      { row: 4, id: null, reason: expect.stringContaining('not valid JSON') },
      { row: 5, id: null, reason: expect.stringContaining('not a signal') },
      {
        summary: {
          key: 'first',
          rows: 5,
          added: 2,
          revised: 0,
          unchanged: 0,
          refused: 3,
          bytes: body.length,
          finished: true,
        },
      },
    ]);
    expect(await desk.kept(to)).toEqual(['r1', 'r3']);
    expect(await desk.view(to, 'first')).toMatchObject({
      state: 'finished',
      atWork: false,
      bytes: body.length,
      rows: 5,
    });
  });

  test('needs no key: it is given one, which the head of the answer tells before the stream has ended', async () => {
    const to = await desk.aSender();
    const { stream, answer } = desk.open(to);
    const head = new Promise<IncomingMessage>((resolve) => stream.once('response', resolve));
    stream.write(lineOf());
    const key = String((await head).headers['idempotency-key']);
    expect(await desk.view(to, key)).toMatchObject({ state: 'open', atWork: true });
    stream.end(lineOf({ id: 'r2' }));
    expect((await answer).lines).toEqual([{ summary: expect.objectContaining({ key, added: 2, finished: true }) }]);
  });

  test('of more rows than one transaction takes is kept in several, each row with its number', async () => {
    const to = await desk.aSender();
    const { lines } = await desk.send(to, manyLines(4_500) + lineOf({ id: 'bad', rating: 7 }));
    expect(lines).toMatchObject([{ row: 4_501, id: 'bad' }, { summary: { rows: 4_501, added: 4_500, refused: 1 } }]);
    const { rows } = await desk.house.owner.query(
      'select count(*)::int as n from intake_batches where source_id = $1',
      [to.source],
    );
    expect(rows[0].n).toBe(3);
  });

  test('lists more refused rows than a page holds, in order', async () => {
    const to = await desk.aSender();
    const { lines } = await desk.send(to, '{}\n'.repeat(2_345));
    expect(lines.slice(0, -1).map(({ row }) => row)).toEqual(Array.from({ length: 2_345 }, (_, i) => i + 1));
    expect(lines.at(-1)).toMatchObject({ summary: { refused: 2_345, finished: true } });
  });

  test('of nothing is finished too', async () => {
    expect((await desk.send(await desk.aSender(), '')).lines).toMatchObject([
      { summary: { rows: 0, bytes: 0, finished: true } },
    ]);
  });

  test('may be packed with gzip', async () => {
    const to = await desk.aSender();
    const body = manyLines(10);
    const { lines } = await desk.send(to, gzipSync(body), { 'content-encoding': 'gzip' });
    expect(lines).toMatchObject([{ summary: { added: 10, bytes: body.length, finished: true } }]);
  });

  test('is refused as a whole when it is not known where it goes, by whom, or how it is packed', async () => {
    const to = await desk.aSender();
    const refused = async (headers: Headers, query = '', sender = to) => {
      const { status, lines } = await desk.send(sender, lineOf(), headers, query);
      return [status, lines[0].code];
    };
    expect(await refused({ 'idempotency-key': 'a b' })).toEqual([400, 'request.invalid']);
    expect(await refused({ 'content-encoding': 'br' })).toEqual([415, 'request.unsupported_format']);
    expect(await refused({}, `?source=${(await desk.aSender()).source}`)).toEqual([403, 'access.not_allowed']);
    expect(await refused({}, '', { ...to, token: 'gsw_wrong' })).toEqual([401, 'access.not_signed_in']);
    const person = await desk.admin.send({ method: 'POST', url: '/api/signals/batch', payload: lineOf() });
    expect([person.status, person.body.code]).toEqual([400, 'request.invalid']);
    expect(await desk.kept(to)).toEqual([]);
  });

  test('may be named by anything that can be seen, 200 characters of it', async () => {
    const to = await desk.aSender();
    const key = `%/?#${'~!'.repeat(98)}`;
    expect((await desk.send(to, lineOf(), { 'idempotency-key': key })).key).toBe(key);
    expect(await desk.view(to, key)).toMatchObject({ key, state: 'finished' });
    expect(await desk.view(to, 'unknown')).toMatchObject({ code: 'batch.not_found' });
  });
});

describe('the same key again', () => {
  test('answers a finished batch as before, to the same content and to none', async () => {
    const to = await desk.aSender();
    const body = `${lineOf()}bad\n\n`;
    const first = await desk.send(to, body, named('k'));
    expect(await desk.send(to, body, named('k'))).toEqual(first);
    expect(await desk.send(to, '', named('k'))).toEqual(first);
    expect(await desk.send(to, '', named('k'), `?fromByte=${body.length}`)).toEqual(first);
    expect(await desk.kept(to)).toEqual(['r1']);
  });

  test.each([
    ['another row', lineOf({ text: 'other' })],
    ['a row more', lineOf() + lineOf({ id: 'r2' })],
    ['a blank line more', `${lineOf()}\n`],
    ['less', lineOf().slice(0, -1)],
  ])('with %s is refused for a finished batch', async (_, body) => {
    const to = await desk.aSender();
    await desk.send(to, lineOf(), named('k'));
    const { status, lines } = await desk.send(to, body, named('k'));
    expect([status, lines[0].code]).toEqual([409, 'batch.other_content']);
    expect(await desk.kept(to)).toEqual(['r1']);
  });

  /** A batch that broke off behind its third row, in the middle of the fourth. */
  async function broken(): Promise<{ to: Sender; whole: string; bytes: number }> {
    const to = await desk.aSender();
    const whole = manyLines(6);
    const bytes = manyLines(3).length;
    const { stream } = desk.open(to, named('k'));
    stream.on('error', () => {});
    stream.write(whole.slice(0, bytes + 10));
    await expect.poll(() => desk.view(to, 'k'), { timeout: 10_000 }).toMatchObject({ bytes, rows: 3, atWork: true });
    stream.destroy();
    return { to, whole, bytes };
  }

  test('goes on where it was left, at once when the sender has hung up', async () => {
    const { to, whole, bytes } = await broken();
    const { lines } = await desk.send(to, whole.slice(bytes), named('k'), `?fromByte=${bytes}`);
    expect(lines).toMatchObject([
      { summary: { rows: 6, added: 6, unchanged: 0, bytes: whole.length, finished: true } },
    ]);
    expect(await desk.kept(to)).toHaveLength(6);
    expect((await desk.send(to, whole, named('k'))).lines).toEqual(lines); // as if it had come in one piece
  });

  test('passes over what is known when everything is sent again', async () => {
    const { to, whole } = await broken();
    const { lines } = await desk.send(to, whole, named('k'));
    expect(lines).toMatchObject([{ summary: { rows: 6, added: 6, unchanged: 0, finished: true } }]);
  });

  test('is refused at any other place, which is named', async () => {
    const { to, whole, bytes } = await broken();
    const { status, lines } = await desk.send(to, whole.slice(5), named('k'), '?fromByte=5');
    expect([status, lines[0].code, lines[0].details]).toEqual([409, 'batch.wrong_place', { fromByte: bytes }]);
  });

  test.each([
    ['other', (whole: string) => whole.replace('stuck at 1', 'stuck at 8')],
    ['shorter', (whole: string) => whole.slice(0, manyLines(2).length)],
    ['no', () => ''],
  ])('is refused with %s content, and nothing of it is kept', async (_, changed) => {
    const { to, whole, bytes } = await broken();
    const { status, lines } = await desk.send(to, changed(whole), named('k'));
    expect([status, lines[0].code]).toEqual([409, 'batch.other_content']);
    expect(await desk.view(to, 'k')).toMatchObject({ state: 'open', bytes, rows: 3 });
    expect((await desk.send(to, whole, named('k'))).lines).toMatchObject([{ summary: { finished: true } }]); // and not lost
  });
});
