/** Files in, rows out. */
export { type CsvOptions, readCsv, readHeader } from './csv.ts';
export { type IcsEvent, type IcsFault, type IcsOptions, readIcs } from './ics.ts';
export { type IcsOutgoing, writeIcs } from './ics-write.ts';
export { type JsonOptions, jsonCells, readJsonl } from './jsonl.ts';
export { type KnownExport, knownExport, lastingId, type Target } from './known-exports.ts';
export { type Line, readLines } from './lines.ts';
export { type Suggestion, suggestMapping } from './mapping.ts';
export { type Moment, type MomentOrder, momentOrder, parseMoment } from './moment.ts';
export type { Cell, Cells, Fault, ReadOptions, Row, RowOrFault } from './rows.ts';
export { type Form, SNIFF_BYTES, sniff } from './sniff.ts';
export type { Encoding, LineEnd } from './units.ts';
export { type UnpackOptions, unpack } from './unpack.ts';
export { Unreadable } from './unreadable.ts';
export { unpackWorkbook, type WorkbookLimits } from './workbook.ts';
