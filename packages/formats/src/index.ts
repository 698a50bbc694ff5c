/** Files in, rows out. */
export { type CsvOptions, readCsv, readHeader } from './csv.ts';
export { jsonCells, readJsonl } from './jsonl.ts';
export { type Suggestion, suggestMapping, type Target } from './mapping.ts';
export { type Moment, parseMoment } from './moment.ts';
export type { Cell, Cells, Fault, ReadOptions, Row, RowOrFault } from './rows.ts';
export { type Form, SNIFF_BYTES, sniff, Unreadable } from './sniff.ts';
export type { Encoding, LineEnd } from './units.ts';
