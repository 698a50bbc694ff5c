/** Files in, rows out. */
export { type CsvOptions, readCsv, readHeader } from './csv.ts';
export { type JsonOptions, jsonCells, readJsonl } from './jsonl.ts';
export { type Line, readLines } from './lines.ts';
export { type Suggestion, suggestMapping, type Target } from './mapping.ts';
export { type Moment, parseMoment } from './moment.ts';
export type { Cell, Cells, Fault, ReadOptions, Row, RowOrFault } from './rows.ts';
export { type Form, SNIFF_BYTES, sniff } from './sniff.ts';
export type { Encoding, LineEnd } from './units.ts';
export { type UnpackOptions, unpack } from './unpack.ts';
export { Unreadable } from './unreadable.ts';
export { unpackWorkbook, type WorkbookLimits } from './workbook.ts';
