/** The door of signals: taking them in, following them, and showing them. */
export type { Above } from './above.ts';
export { countSignals } from './count.actions.ts';
export { dimensionsAsMerged, liveMergeOf } from './dictionary.merge.store.ts';
export { dimensionName, typeDimensions } from './dimensions.ts';
export { idToShow } from './guard.ts';
export { takeSignals } from './intake.actions.ts';
export { judge } from './intake.ts';
export { languageTag } from './language.ts';
export { signalListings } from './listings.ts';
export { type Orders, type RowAsSignal, rowReader } from './mapped-row.ts';
export { askLabelled, type Labelled, searchSome } from './search.actions.ts';
export { BATCHES, type BatchRow, type BatchSignal, loadSignals, readBatch } from './signal.store.ts';
export { COVERED_FROM } from './signal.ts';
export { signalSlice } from './slice.ts';
export { createSource } from './source.actions.ts';
export { countIntake, listSources, loadSource, saveMapping } from './source.store.ts';
export { cleanLine, cleanText, isPlaceholder, withoutPlaceholders } from './text.ts';
export { type Tried, trySignals } from './try.actions.ts';
