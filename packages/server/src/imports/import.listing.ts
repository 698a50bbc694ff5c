/** The list of imports as a file. */
import { EXPORT_ROWS_MAX, exportImports, saysAll } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, wholeListing } from '../exports/index.ts';
import { listImports } from './import.store.ts';

export const importListing: Listing = wholeListing({
  list: 'imports',
  endpoint: exportImports,
  columns: [
    ...['file', 'source', 'format', 'state', 'bytes', 'rows_read', 'added', 'revised', 'unchanged', 'refused'],
    ...['created_at', 'finished_at', 'problem', 'compartment', 'id'],
  ],
  async rows(db, query, { actor }) {
    const { q } = query as z.output<typeof exportImports.query>;
    const all = await listImports(db, actor, EXPORT_ROWS_MAX + 1);
    const found = all.filter(({ fileName, sourceName }) => saysAll(`${fileName} ${sourceName ?? ''}`, q));
    return found.map((one) => ({
      compartment: one.compartment,
      row: [
        ...[one.fileName, one.sourceName, one.preview.form.format, one.state, one.fileBytes, one.rowsRead],
        ...[one.added, one.revised, one.unchanged, one.refused, one.createdAt, one.finishedAt, one.error],
        ...[one.compartment, one.id],
      ],
    }));
  },
});
