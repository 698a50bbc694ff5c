/** Does the jobs, and nothing else. */
import { start } from './start.ts';

await start(['worker']);
