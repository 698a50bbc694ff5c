/** What issues give to the house. The settings of detection are served here too: only issues know what was dismissed. */
import type { Slice } from '../platform/slice.ts';
import { detectionRoutes } from '../topics/index.ts';
import { commentPlaceRoutes } from './comment-place.routes.ts';
import { impactRoutes } from './impact.routes.ts';
import { followSurge, recountIssues, suspectIssue, tellMentioned } from './issue.jobs.ts';
import { issueRoutes } from './issue.routes.ts';
import { countDismissed } from './issue.store.ts';
import { commentRoutes, ownerRoutes, triageRoutes } from './triage.routes.ts';

export const issuesSlice: Slice = {
  name: 'issues',
  routes(app, tools) {
    issueRoutes(app, tools);
    commentPlaceRoutes(app, tools);
    triageRoutes(app, tools);
    commentRoutes(app, tools);
    ownerRoutes(app, tools);
    impactRoutes(app, tools);
    detectionRoutes(app, tools, countDismissed);
  },
  jobs: [suspectIssue, followSurge, tellMentioned],
  clockwork: [recountIssues],
};
