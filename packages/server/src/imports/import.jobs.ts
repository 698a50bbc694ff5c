/** Work on imports that no person starts. A turn may run twice, late, or beside itself: one of them goes on. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { LET_FILES_GO, RUN_IMPORT } from './import.actions.ts';
import { letGoOfFiles, sweepDrafts } from './import-keep.actions.ts';
import { runTurn, takeOverImports } from './import-run.actions.ts';

export const runImport = defineJob({
  name: RUN_IMPORT,
  payload: z.object({ importId: z.uuid() }),
  run: (tools, { importId }) => runTurn(tools, importId),
});

/** Every minute; a server that starts does it once at its start, without waiting. */
export const takeOver = defineJob({
  name: 'signals.take_over_imports',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => takeOverImports(tools),
});

/** At once, when somebody does not want a file that was never started. */
export const letFilesGoNow = defineJob({
  name: LET_FILES_GO,
  payload: z.object({}),
  run: letGoOfFiles,
});

export const keepFiles = defineJob({
  name: 'imports.keep_files',
  every: '17 * * * *',
  payload: z.object({}),
  async run(tools) {
    await sweepDrafts(tools);
    await letGoOfFiles(tools);
  },
});
