/** Work on worlds that no person starts. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { removeTurn } from './remove.actions.ts';
import { REMOVE_WORLD, RUN_WORLD } from './world.actions.ts';
import { runTurn, takeUpWorlds } from './world-run.actions.ts';

const payload = z.object({ worldId: z.uuid() });

export const runWorld = defineJob({ name: RUN_WORLD, payload, run: (tools, { worldId }) => runTurn(tools, worldId) });

export const removeWorldJob = defineJob({
  name: REMOVE_WORLD,
  payload,
  run: (tools, { worldId }) => removeTurn(tools, worldId),
});

export const takeUp = defineJob({
  name: 'worlds.take_up',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => takeUpWorlds(tools, false),
});
