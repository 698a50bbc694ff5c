/** Imports as tests bring them: rows, files, and what was kept of them. */
import { createHash } from 'node:crypto';
import type { ImportView, Mapping } from '@groundswell/contract';
import type { Reply, TestHouse } from '../../test/house.ts';

const HOUR = 3_600_000;

export function importsIn(house: TestHouse) {
  const lead = () => house.as('lead');
  let sources = 0;
  const ago = (hours: number) => new Date(house.now().getTime() - hours * HOUR).toISOString();

  const upload = (content: string | Uint8Array, fileName = 'reviews.jsonl'): Promise<Reply> =>
    lead().post(`/api/imports?fileName=${encodeURIComponent(fileName)}`, Buffer.from(content as string));

  async function started(
    content: string | Uint8Array,
    sourceId: string,
    fileName?: string,
    mapping?: Mapping,
  ): Promise<string> {
    const { body } = await upload(content, fileName);
    const start = { sourceId, mapping: mapping ?? body.suggested };
    const reply = await lead().post(`/api/imports/${body.id}/start`, start);
    if (reply.status !== 200) throw new Error(`not started: ${JSON.stringify(reply.body)}`);
    return body.id;
  }
  const read = async (id: string): Promise<ImportView> => (await lead().get(`/api/imports/${id}`)).body;

  return {
    lead,
    ago,
    upload,
    started,
    read,
    async aSource(name = `source ${++sources}`): Promise<string> {
      return (await lead().post('/api/sources', { name, kind: 'app_review' })).body.id;
    },
    async imported(...given: Parameters<typeof started>): Promise<ImportView> {
      const id = await started(...given);
      await house.drainJobs();
      return read(id);
    },
    rows: (n: number, key: string) =>
      Array.from({ length: n }, (_, i) => ({
        id: `${key}-${i}`,
        ts: ago(i % 40),
        text: `The app is slow today ${i}`,
        rating: (i % 5) + 1,
        app_version: '1.2',
      })),
    /** Everything that was kept for a source, in an order of its own: what two ways of importing are compared by. */
    async table(sourceId: string): Promise<string> {
      const { rows } = await house.owner.query(
        `select external_id, revision, at, text, rating, dimensions, latest from signals where source_id = $1 order by 1, 2`,
        [sourceId],
      );
      return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    },
    async counted(sourceId: string): Promise<number> {
      const { rows } = await house.owner.query('select count(*)::int as n from signals where source_id = $1', [
        sourceId,
      ]);
      return rows[0].n;
    },
  };
}

export const jsonl = (list: readonly object[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join('');
