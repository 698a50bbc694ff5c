/** The door of explanations: where something is, and where it is not. */
export { answerQuestions } from './explain.thread.ts';
export { rcaSlice } from './slice.ts';
