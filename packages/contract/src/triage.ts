/** What people do with issues together: merge, split, move, link and take back; own, follow, comment. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { BulkOutcome, ISSUES_PER_BULK, IssueRow, SeenIssue, Slice } from './issues.ts';
import { lineOf, Words } from './words.ts';

/** So many signals in one move or split by hand. A split by slice takes as many as there are. */
export const SIGNALS_PER_MOVE = 1_000;
/** A comment may be changed or deleted by whoever wrote it for so long. */
export const COMMENT_EDIT_MINUTES = 15;
export const COMMENT_MAX = 5_000;

export const TRIAGE_KINDS = ['merge', 'split', 'move', 'link'] as const;
export const TriageKind = z.enum(TRIAGE_KINDS);
export type TriageKind = z.infer<typeof TriageKind>;

export const LINK_KINDS = ['related', 'caused_by'] as const;
export const LinkKind = z.enum(LINK_KINDS);
export type LinkKind = z.infer<typeof LinkKind>;

/** Why an act cannot be taken back any more. */
export const UNDO_TROUBLES = ['undone', 'merged_since', 'decided_since', 'moved_since'] as const;
export const UndoTrouble = z.enum(UNDO_TROUBLES);
export type UndoTrouble = z.infer<typeof UndoTrouble>;

const Named = z.object({ id: z.uuid(), key: z.string(), title: z.string() });

/** One thing that somebody did to the topics of issues. */
export const TriageAct = z.object({
  id: z.uuid(),
  kind: TriageKind,
  at: z.iso.datetime(),
  by: z.string().nullable(),
  /** Merge: the duplicate. Split: the one that was divided. Link: the one that says something of the other. Null for a move. */
  issue: Named.nullable(),
  /** Merge: the one that was kept. Split: the new one. Move: the one that took them in; null for none. Link: the other. */
  other: Named.nullable(),
  link: LinkKind.nullable(),
  signals: z.int(),
  undone: z.object({ at: z.iso.datetime(), by: z.string().nullable() }).nullable(),
  /** Null where it can be taken back. */
  trouble: z.object({ why: UndoTrouble, key: z.string().nullable() }).nullable(),
});
export type TriageAct = z.infer<typeof TriageAct>;

const IssueRef = z.object({ id: z.string().max(80) });
const Ref = z.string().min(1).max(80);
const Done = z.object({ act: TriageAct, issue: IssueRow.nullable() });

/** This issue becomes a duplicate of another; what was said of it is told there. Answers with the one that is kept. */
export const mergeIssue = {
  method: 'POST',
  path: '/api/issues/:id/merge',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), into: Ref }),
  reply: Done,
} as const satisfies Endpoint;

/** Part of an issue's signals become an issue of their own: chosen ones, or all of one slice. Answers with the new one. */
export const splitIssue = {
  method: 'POST',
  path: '/api/issues/:id/split',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({
    version: z.int(),
    title: lineOf(160),
    what: z.union([
      z.object({ signals: z.array(z.uuid()).min(1).max(SIGNALS_PER_MOVE) }),
      z.object({ slice: Slice.refine((slice) => Object.keys(slice).length > 0, 'names no dimension') }),
    ]),
  }),
  reply: Done,
} as const satisfies Endpoint;

/** Signals into the topic of another issue, or into none. */
export const moveTopicSignals = {
  method: 'POST',
  path: '/api/signal-moves',
  right: 'issue.decide',
  body: z.object({ signals: z.array(z.uuid()).min(1).max(SIGNALS_PER_MOVE), into: Ref.nullable() }),
  reply: Done,
} as const satisfies Endpoint;

export const linkIssues = {
  method: 'POST',
  path: '/api/issues/:id/links',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ to: Ref, kind: LinkKind }),
  reply: Done,
} as const satisfies Endpoint;

export const undoTriage = {
  method: 'POST',
  path: '/api/triage/:id/undo',
  right: 'issue.decide',
  params: z.object({ id: z.uuid() }),
  /** `stay`: signals of a move that somebody has put elsewhere since; they stay there. */
  reply: z.object({ act: TriageAct, stay: z.int() }),
} as const satisfies Endpoint;

export const IssueComment = z.object({
  id: z.uuid(),
  author: z.object({ id: z.uuid(), name: z.string() }),
  /** Null once it was deleted. */
  text: z.string().nullable(),
  at: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  /** People who are named in it. */
  mentions: z.array(z.object({ id: z.uuid(), name: z.string() })),
  unread: z.boolean(),
  can: z.array(z.enum(['edit', 'delete'])),
});
export type IssueComment = z.infer<typeof IssueComment>;

const Person = z.object({ id: z.uuid(), name: z.string() });

/** What people have done around an issue and said of it. */
export const readTriage = {
  method: 'GET',
  path: '/api/issues/:id/triage',
  right: 'issue.read',
  params: IssueRef,
  reply: z.object({
    owner: Person.nullable(),
    following: z.boolean(),
    followers: z.array(Person),
    duplicateOf: Named.nullable(),
    acts: z.array(TriageAct),
    comments: z.array(IssueComment),
    /** Those who may see this issue: they can be named, and be given it. */
    people: z.array(Person),
    can: z.array(z.enum(['merge', 'split', 'link', 'assign', 'comment', 'follow'])),
  }),
} as const satisfies Endpoint;

/** Read up to here: what was said before is not marked as unread any more. */
export const markSeen = {
  method: 'PUT',
  path: '/api/issues/:id/seen',
  right: 'issue.read',
  params: IssueRef,
  reply: z.object({ at: z.iso.datetime() }),
} as const satisfies Endpoint;

export const assignIssue = {
  method: 'PUT',
  path: '/api/issues/:id/owner',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), owner: z.uuid().nullable() }),
  reply: IssueRow,
} as const satisfies Endpoint;

/** Each against the version that was seen of it, in the order in which they were given. */
export const assignIssues = {
  method: 'POST',
  path: '/api/issues/bulk/owner',
  right: 'issue.decide',
  body: z.object({ issues: z.array(SeenIssue).min(1).max(ISSUES_PER_BULK), owner: z.uuid().nullable() }),
  reply: z.object({ outcomes: z.array(BulkOutcome) }),
} as const satisfies Endpoint;

/** Those whom an issue can be given to, and in which of the caller's own compartments. */
export const listOwners = {
  method: 'GET',
  path: '/api/owners',
  right: 'issue.read',
  reply: z.object({ people: z.array(Person.extend({ compartments: z.array(z.string()) })) }),
} as const satisfies Endpoint;

const Some = z.array(z.uuid()).min(1).max(ISSUES_PER_BULK);
/** Those of them that it changed something about. */
const Changed = z.object({ issues: z.array(z.uuid()) });

export const followIssues = {
  method: 'POST',
  path: '/api/issues/bulk/following',
  right: 'issue.read',
  body: z.object({ issues: Some, following: z.boolean() }),
  reply: Changed,
} as const satisfies Endpoint;

/** As read up to now, or as unread until they are opened. */
export const markIssues = {
  method: 'POST',
  path: '/api/issues/bulk/seen',
  right: 'issue.read',
  body: z.object({ issues: Some, seen: z.boolean() }),
  reply: Changed,
} as const satisfies Endpoint;

export const followIssue = {
  method: 'PUT',
  path: '/api/issues/:id/following',
  right: 'issue.read',
  params: IssueRef,
  body: z.object({ following: z.boolean() }),
  reply: z.object({ following: z.boolean() }),
} as const satisfies Endpoint;

const CommentText = Words.trim().min(1).max(COMMENT_MAX);

/** `mentions`: those of the named who are told; each must be named in the text with an @. */
export const writeComment = {
  method: 'POST',
  path: '/api/issues/:id/comments',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ text: CommentText, mentions: z.array(z.uuid()).max(50).default([]) }),
  reply: IssueComment,
} as const satisfies Endpoint;

const CommentRef = z.object({ id: z.string().max(80), comment: z.uuid() });

export const editComment = {
  method: 'PUT',
  path: '/api/issues/:id/comments/:comment',
  right: 'issue.decide',
  params: CommentRef,
  body: z.object({ text: CommentText, mentions: z.array(z.uuid()).max(50).default([]) }),
  reply: IssueComment,
} as const satisfies Endpoint;

export const deleteComment = {
  method: 'DELETE',
  path: '/api/issues/:id/comments/:comment',
  right: 'issue.decide',
  params: CommentRef,
  reply: IssueComment,
} as const satisfies Endpoint;

/** What was said to me, newest first. */
export const MentionOfMe = z.object({
  commentId: z.uuid(),
  by: z.string(),
  at: z.iso.datetime(),
  issueKey: z.string(),
  issueTitle: z.string(),
  text: z.string(),
  unread: z.boolean(),
});
export type MentionOfMe = z.infer<typeof MentionOfMe>;
