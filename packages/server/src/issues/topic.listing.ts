/** Topics that a search finds, as a file. */
import { EXPORT_ROWS_MAX, exportTopics } from '@groundswell/contract';
import type { z } from 'zod';
import { type Listing, several, wholeListing } from '../exports/index.ts';
import type { Above } from '../signals/index.ts';
import { topicsFound } from './issue.search.ts';

export const topicListing = (above: Above): Listing =>
  wholeListing({
    list: 'topics',
    endpoint: exportTopics,
    columns: ['topic', 'phrases', 'first_at', 'last_at', 'issue', 'compartment', 'id'],
    async rows(db, query) {
      const { q } = query as z.output<typeof exportTopics.query>;
      const { topics, issueOf } = await topicsFound(db, q, EXPORT_ROWS_MAX + 1, above);
      return topics.map((one) => ({
        compartment: one.compartment,
        row: [
          ...[one.label, several(one.phrases), one.firstAt, one.lastAt, issueOf(one.id)],
          ...[one.compartment, one.id],
        ],
      }));
    },
  });
