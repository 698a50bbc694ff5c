/** What the clock does for the vocabulary. */
import { z } from 'zod';
import { defineJob } from '../platform/jobs.ts';
import { learnAllWords } from './vocabulary.actions.ts';

export const learnNewWords = defineJob({
  name: 'signals.learn_words',
  every: '* * * * *',
  payload: z.object({}),
  run: (tools) => learnAllWords(tools),
});
