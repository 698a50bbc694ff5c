/** What imports give to the house. */
import type { Slice } from '../platform/slice.ts';
import { runImport, takeOver } from './import.jobs.ts';
import { type HistoryOf, importRoutes } from './import.routes.ts';
import { takeOverImports } from './import-run.actions.ts';

/** `historyOf` is the word of the slice above that replays old rows; without it no import has a history. */
export const importSlice = (above: { historyOf?: HistoryOf } = {}): Slice => ({
  name: 'imports',
  routes: (app, tools) => importRoutes(app, tools, above),
  jobs: [runImport],
  clockwork: [takeOver],
  resume: (tools, alone) => takeOverImports(tools, alone ? 0 : undefined),
});
