/** How the rows of a file are read as signals. Pure. */
import type { Mapping } from '@groundswell/contract';
import type { Cell, Cells } from '@groundswell/formats';
import { type RowAsSignal, rowReader } from '../signals/index.ts';
import type { Preview } from './import.ts';

export type RowRead = (cells: Cells) => RowAsSignal;

export function readerFor(mapping: Mapping, { orders, mended = false }: Pick<Preview, 'orders' | 'mended'>): RowRead {
  const read = rowReader(mapping, orders);
  return mended ? (cells) => read(withoutMarks(cells)) : read;
}

/** The apostrophe with which a refused row was made harmless for spreadsheets is not part of what was said. */
const MARKED = /^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/;

export function withoutMarks(cells: Cells): Cells {
  const clean: Record<string, Cell> = Object.create(null);
  for (const [name, cell] of Object.entries(cells)) {
    clean[name] = typeof cell === 'string' ? cell.replace(MARKED, '') : cell;
  }
  return clean;
}
