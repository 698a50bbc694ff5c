export { loadState, saveState } from './engine/checkpoint.ts';
export type { Entry, ExpectedShare, Item, Output } from './engine/entry.ts';
export { surgeOfSplit } from './engine/regroup.ts';
export { createEngine, type EngineOptions, type EngineState } from './engine/state.ts';
export { step } from './engine/step.ts';
export { concentration, type SliceCount, type SliceShare, wilson } from './stats/concentration.ts';
export { adjustForMany } from './stats/multiple-tests.ts';
export { negativeBinomialQuantile } from './stats/negative-binomial.ts';
export { type PredictiveBand, predictiveBand } from './stats/predictive-band.ts';
export {
  type CopyIndex,
  type CopyIndexOptions,
  type FoundCopy,
  type KnownCopy,
  openCopyIndex,
  PHRASE_WEIGHT,
  type SaidText,
  weightOf,
} from './text/copies.ts';
