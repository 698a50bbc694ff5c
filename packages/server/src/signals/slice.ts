/** What signals give to the house. */
import type { Slice } from '../platform/slice.ts';
import type { Above } from './above.ts';
import { releaseBatches } from './batch.actions.ts';
import { forgetOldBatches } from './batch.jobs.ts';
import { batchRoutes } from './batch.routes.ts';
import { PATIENCE, type Patience } from './batch-stream.ts';
import { dictionaryRoutes } from './dictionary.routes.ts';
import { NOTHING_ABOVE } from './filter.store.ts';
import { signalRoutes } from './signal.routes.ts';
import { sourceRoutes } from './source.routes.ts';
import { learnNewWords } from './vocabulary.jobs.ts';

export const signalSlice = (above: Partial<Above> = {}, patience: Partial<Patience> = {}): Slice => ({
  name: 'signals',
  routes(app, tools) {
    signalRoutes(app, tools, { ...NOTHING_ABOVE, ...above });
    sourceRoutes(app, tools);
    batchRoutes(app, tools, { ...PATIENCE, ...patience });
    dictionaryRoutes(app, tools);
  },
  clockwork: [forgetOldBatches, learnNewWords],
  resume: async (tools, alone) => {
    if (alone) await releaseBatches(tools);
  },
});
