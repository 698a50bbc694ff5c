/** Answers people and programs, and nothing else; the work is done by worker and engine processes. */
import { start } from './start.ts';

await start(['api']);
