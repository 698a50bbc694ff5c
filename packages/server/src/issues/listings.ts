/** Lists of issues and of what belongs to them, as files. */
import type { Listing } from '../exports/index.ts';
import type { Above } from '../signals/index.ts';
import { issueListing } from './issue.listing.ts';
import { commentListing, historyListing } from './talk.listing.ts';
import { topicListing } from './topic.listing.ts';

export const issueListings = (above: Above): readonly Listing[] => [
  issueListing,
  commentListing,
  historyListing,
  topicListing(above),
];
