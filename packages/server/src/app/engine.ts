/** Reads the signals, and nothing else. One of these runs per deployment. */
import { start } from './start.ts';

await start(['engine']);
