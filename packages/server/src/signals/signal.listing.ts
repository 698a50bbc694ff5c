/** A search of signals as a file. */
import { exportSignals } from '@groundswell/contract';
import type { z } from 'zod';
import type { Listing, Row } from '../exports/index.ts';
import type { Above } from './above.ts';
import type { Position } from './cursor.ts';
import { understood } from './filter.store.ts';
import { countFound, findPage } from './search.store.ts';
import { loadKept } from './signal.store.ts';
import { COVERED_FROM, viewSignal } from './signal.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS = [
  'source',
  'external_id',
  'kind',
  'at',
  'received_at',
  'language',
  'exposure',
  'title',
  'text',
  'text_left_out',
  'author',
  'rating',
  'creator_tier',
  'dimensions',
  'topic',
  'issue',
  'copies',
  'id',
] as const;

/** Texts of X2 and above stay here unless they are asked for; their row says so. */
export const signalListing = (above: Above): Listing => ({
  list: 'signals',
  endpoint: exportSignals,
  columns: COLUMNS,
  read(query) {
    const { sort, covered, bom: _, ...filter } = query as z.output<typeof exportSignals.query>;
    return {
      count: async (db, limit) => countFound(db, await understood(db, filter, above), above, limit),
      async page(db, after) {
        const meant = await understood(db, filter, above);
        const page = { filter: meant, sort, after: after as Position | null, limit: ROWS_AT_ONCE };
        const found = await findPage(db, page, above);
        const ids = found.map(({ id }) => id);
        const topics = await above.topicsOf(db, ids);
        const copies = await above.copiesOf(db, ids);
        const kept = await loadKept(db, ids);
        const rows = kept.map((one) => {
          const tags = { topic: topics.get(one.id) ?? null, copies: copies.get(one.id) ?? null };
          return rowOf(viewSignal(one, tags, { reveal: covered }), !covered && one.exposure >= COVERED_FROM);
        });
        return { rows, next: found.length === ROWS_AT_ONCE ? found.at(-1)! : null };
      },
    };
  },
});

const rowOf = (signal: ReturnType<typeof viewSignal>, leftOut: boolean): Row => [
  signal.sourceName,
  signal.externalId,
  signal.kind,
  signal.at,
  signal.receivedAt,
  signal.language,
  `X${signal.exposure}`,
  signal.title,
  signal.text,
  leftOut,
  signal.author,
  signal.rating,
  signal.creatorTier,
  JSON.stringify(signal.dimensions),
  signal.topic?.label ?? null,
  signal.topic?.issueKey ?? null,
  signal.copies?.signals ?? 0,
  signal.id,
];
