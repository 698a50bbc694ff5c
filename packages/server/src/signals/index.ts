/** The door of signals: taking them in, following them, and showing them. */

export type { Above } from './above.ts';
export { importSlice } from './import-slice.ts';
export { type IntakeOptions, takeSignals } from './intake.actions.ts';
export { type IncomingRow, ROWS_PER_TRANSACTION } from './intake.ts';
export { BATCHES, type BatchRow, type BatchSignal, loadSignals, readBatch } from './signal.store.ts';
export { signalSlice } from './slice.ts';
export { type HourlyFilter, hourlyTotals, listSources, loadSource, type Source } from './source.store.ts';
