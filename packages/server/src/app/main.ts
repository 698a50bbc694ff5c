/** Everything in one process, over the built-in database unless DATABASE_URL is set: what `npm start` runs. */
import { start } from './start.ts';

await start(['api', 'worker', 'engine']);
