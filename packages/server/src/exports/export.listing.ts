/** One's own exports, as a file. */
import { exportExports } from '@groundswell/contract';
import { listOwn } from './export.store.ts';
import { type Listing, wholeListing } from './listing.ts';

const COLUMNS = [
  'list',
  'state',
  'rows',
  'total',
  'bytes',
  'covered',
  'problem',
  'created_at',
  'finished_at',
  'expires_at',
  'id',
] as const;

export const exportListing: Listing = wholeListing({
  list: 'exports',
  endpoint: exportExports,
  columns: COLUMNS,
  async rows(db, _, { at }) {
    const own = await listOwn(db, at);
    return own.map((one) => ({
      compartment: one.compartments[0]!,
      row: [
        ...[one.list, one.state, one.rows, one.total, one.bytes, one.covered, one.problem],
        ...[one.createdAt, one.finishedAt, one.expiresAt, one.id],
      ],
    }));
  },
});
