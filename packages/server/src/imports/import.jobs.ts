/** Work on imports that no person starts. A turn may run twice, late, or beside itself: one of them goes on. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { RUN_IMPORT } from './import.actions.ts';
import { runTurn, takeOverImports } from './import-run.actions.ts';

export const runImport = defineJob({
  name: RUN_IMPORT,
  payload: z.object({ importId: z.uuid() }),
  run: (tools, { importId }) => runTurn(tools, importId),
});

/** Every minute; a server that knows itself to be alone does it once at its start, without waiting for silence. */
export const takeOver = defineJob({
  name: 'signals.take_over_imports',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => takeOverImports(tools),
});
