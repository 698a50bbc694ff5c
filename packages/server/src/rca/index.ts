/** The door of explanations: where something is, and where it is not. */
export { answerQuestions } from './explain.thread.ts';
export { EXPLAIN_SURGE } from './issue.jobs.ts';
export { rcaSlice } from './slice.ts';
