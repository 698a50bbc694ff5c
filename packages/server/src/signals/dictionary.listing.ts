/** The values of a dimension as a file. */
import { exportValues } from '@groundswell/contract';
import type { z } from 'zod';
import type { Listing } from '../exports/index.ts';
import { listNames, listValues } from './dictionary.list.store.ts';
import { noSuchDimension } from './dictionary.merge.store.ts';

const ROWS_AT_ONCE = 5_000;

export const valueListing: Listing = {
  list: 'values',
  endpoint: exportValues,
  columns: ['dimension', 'value', 'rows', 'first_at', 'last_at'],
  read(query) {
    const { bom: _, ...asked } = query as z.output<typeof exportValues.query> & { name: string };
    return {
      async count(db) {
        if ((await listNames(db, asked)).length === 0) throw noSuchDimension();
        const { total } = await listValues(db, { ...asked, offset: 0, limit: 1 });
        return new Map(total > 0 ? [[asked.compartment, total]] : []);
      },
      async page(db, after) {
        const offset = (after as number | null) ?? 0;
        const { values } = await listValues(db, { ...asked, offset, limit: ROWS_AT_ONCE });
        const rows = values.map((one) => [asked.name, one.value, one.rows, one.firstAt, one.lastAt]);
        return { rows, next: values.length === ROWS_AT_ONCE ? offset + ROWS_AT_ONCE : null };
      },
    };
  },
};
