/** Who reacts to what: the whole product loop on one screen. An event that nobody answers is listed, and empty. */
import type { EventName } from '../events.ts';
import { followSurge, suspectIssue } from '../issues/index.ts';
import type { Job } from '../platform/jobs.ts';

export const REACTIONS = {
  'person.set_up': [],
  'session.started': [],
  'session.ended': [],
  'token.made': [],
  'token.revoked': [],
  'source.created': [],
  'import.started': [],
  'import.finished': [],
  'import.failed': [],
  'import.cancelled': [],
  'history.finished': [],
  'alert.raised': [suspectIssue],
  'alert.grew': [followSurge],
  'issue.suspected': [],
  'issue.moved': [],
  'issue.renamed': [],
  'detection.changed': [],
} satisfies Record<EventName, readonly Job[]> as Record<EventName, readonly Job[]>;
