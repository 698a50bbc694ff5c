/** What imports give to the house. */
import type { Slice } from '../platform/slice.ts';
import { keepFiles, letFilesGoNow, runImport, takeOver } from './import.jobs.ts';
import { type HistoryOf, importRoutes } from './import.routes.ts';
import { sweepDrafts } from './import-keep.actions.ts';
import { takeOverImports } from './import-run.actions.ts';

/** `historyOf` is the word of the slice above that replays old rows; without it no import has a history. */
export const importSlice = (above: { historyOf?: HistoryOf } = {}): Slice => ({
  name: 'imports',
  routes: (app, tools) => importRoutes(app, tools, above),
  jobs: [runImport, letFilesGoNow],
  clockwork: [takeOver, keepFiles],
  async resume(tools, alone) {
    await sweepDrafts(tools); // before anybody reads: a crash may have left a file without its name
    await takeOverImports(tools, { starting: true, ...(alone && { silentMs: 0 }) });
  },
});
