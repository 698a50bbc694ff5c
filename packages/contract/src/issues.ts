/** Issues: problems that hurt many people, found by the engine, decided by people, closed by data. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Severity } from './severity.ts';
import { SignalView } from './signals.ts';
import { QueryNoteView, Why } from './why.ts';
import { CompartmentName, lineOf, Words } from './words.ts';

export const ISSUE_STATES = [
  'suspected',
  'confirmed',
  'investigating',
  'fixing',
  'verifying',
  'verified',
  'not_verified',
  'regressed',
  'duplicate',
  'dismissed',
  'risk_accepted',
] as const;
export const IssueState = z.enum(ISSUE_STATES);
export type IssueState = z.infer<typeof IssueState>;

/** Why an issue is dismissed: a code, so that it can be counted and learnt from. A note may say more. */
export const DISMISS_REASONS = ['false_alert', 'expected', 'not_ours', 'too_small', 'spam', 'other'] as const;
export const DismissReason = z.enum(DISMISS_REASONS);
export type DismissReason = z.infer<typeof DismissReason>;

/** What a person can do with an issue today. Fixing and verdicts come with actions and proof. */
export const IssueMove = z.discriminatedUnion('type', [
  z.object({ type: z.literal('confirm') }),
  z.object({ type: z.literal('dismiss'), reason: DismissReason, note: Words.trim().max(2000).default('') }),
  z.object({ type: z.literal('reopen') }),
]);
export type IssueMove = z.infer<typeof IssueMove>;

export const Pattern = z.enum(['new', 'growing']);
export const Slice = z.record(z.string(), z.string());

/** What the engine saw: since onset, against what was expected. */
export const Surge = z.object({
  pattern: Pattern,
  onsetAt: z.iso.datetime(),
  noticedAt: z.iso.datetime(),
  observed: z.int(),
  expected: z.number(),
  /** 95 % range of the expected count. */
  low: z.number(),
  high: z.number(),
  /** observed ÷ expected; null where not even one was expected: then it is new. */
  ratio: z.number().nullable(),
  trend: z.enum(['growing', 'level', 'falling', 'over']),
  slice: Slice.nullable(),
});
export type Surge = z.infer<typeof Surge>;

/** 14 days (or the 14 buckets around a historical surge): observed and expected range. */
export const SparkPoint = z.object({
  at: z.iso.datetime(),
  count: z.int(),
  low: z.number(),
  mean: z.number(),
  high: z.number(),
});
export type SparkPoint = z.infer<typeof SparkPoint>;

export const IssueRow = z.object({
  id: z.uuid(),
  /** `IS-204`; with the compartment's name in it outside `open`. */
  key: z.string(),
  version: z.int(),
  compartment: z.string(),
  /** The engine's label, or the name a person gave. */
  title: z.string(),
  /** True when a person gave the title. */
  renamed: z.boolean(),
  state: IssueState,
  /** Found while replaying history, not live. */
  historical: z.boolean(),
  /** Signals of the topic that are known; people among them, null where no source names authors. */
  signals: z.int(),
  people: z.int().nullable(),
  /** `said` by a person, else by the table from what is known. */
  severity: z.object({ is: Severity, said: z.boolean() }),
  surge: Surge,
  spark: z.array(SparkPoint),
  changedAt: z.iso.datetime(),
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Key of the issue that it was merged into: what was said of it is told there. */
  duplicateOf: z.string().nullable(),
  /** Comments of others since this reader last looked, where they follow it, own it or have looked before. */
  unread: z.int(),
  /** Something befell it since this reader last looked, by somebody else; or they marked it as unread. */
  news: z.boolean(),
  /** This reader follows it. */
  following: z.boolean(),
  can: z.array(z.enum(['confirm', 'dismiss', 'reopen', 'rename'])),
});
export type IssueRow = z.infer<typeof IssueRow>;

export const IssueFilter = z.object({
  /** In the grammar of `parseQuery`: names, keys, and the fields of issues. */
  q: Words.max(500).optional(),
  /** One state, several (repeat it), or none for all open ones. */
  state: z.union([IssueState, z.array(IssueState)]).optional(),
  group: z.enum(['open', 'emerging', 'working', 'closed', 'all']).default('open'),
  historical: z.stringbool().optional(),
});

/** How many there would be of each value of a field, under everything else that is asked for. */
export const IssueFacet = z.object({
  /** `team` stands for `owner:` with the name of a team; `severity` is counted where it is asked for. */
  name: z.enum(['is', 'owner', 'team', 'state', 'severity', 'compartment']),
  /** As they are written behind the field. */
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int() })),
});
export type IssueFacet = z.infer<typeof IssueFacet>;

export const listIssues = {
  method: 'GET',
  path: '/api/issues',
  right: 'issue.read',
  query: IssueFilter.extend({
    sort: z.enum(['noticed', 'onset', 'signals', 'people', 'ratio', 'changed', 'severity']).default('noticed'),
    order: z.enum(['desc', 'asc']).default('desc'),
    after: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  reply: z.object({
    issues: z.array(IssueRow),
    /** One for each of `issues`: why it was found. Empty where nothing was asked. */
    why: z.array(Why),
    next: z.string().nullable(),
    /** With the first page alone. */
    facets: z.array(IssueFacet),
    counts: z.object({ emerging: z.int(), working: z.int(), closed: z.int(), historical: z.int() }),
    /** What of the query was read otherwise than it was written. */
    notes: z.array(QueryNoteView),
  }),
} as const satisfies Endpoint;

/** One line of an issue's history. Words are made from the codes by the reader's language. */
export const HistoryLine = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** Event name, `issue.suspected` and so on. */
  name: z.string(),
  /** Name of the person, or null when the engine did it. */
  actor: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

export const Concentration = z.object({
  dimension: z.string(),
  value: z.string(),
  /** Share among the issue's signals since onset, with its 95 % interval; and among all signals of that time. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
  usualShare: z.number(),
  lift: z.number(),
  count: z.int(),
  /** True when chance does not explain it (Benjamini–Hochberg at 1 %). */
  stands: z.boolean(),
});
export type Concentration = z.infer<typeof Concentration>;

export const IssueDetail = IssueRow.extend({
  topicId: z.uuid(),
  phrases: z.array(z.string()),
  /** Spent from the false-alert budget: chance of this alert in a week without news. */
  budget: z.object({ falseAlertsPerWeek: z.number(), logEvidence: z.number(), threshold: z.number() }),
  /** The note of the person who dismissed it. */
  note: z.string().nullable(),
  dismissReason: DismissReason.nullable(),
  series: z.object({ bucketMs: z.int(), points: z.array(SparkPoint) }),
  /** Null where the sources give no dimensions. */
  where: z.object({ tested: z.int(), here: z.array(Concentration), notHere: z.array(Concentration) }).nullable(),
  medoid: SignalView.nullable(),
  typical: z.array(SignalView),
  newest: z.array(SignalView),
  sources: z.array(z.object({ id: z.uuid(), name: z.string(), signals: z.int() })),
  history: z.array(HistoryLine),
});
export type IssueDetail = z.infer<typeof IssueDetail>;

/** By id or by key. */
const IssueRef = z.object({ id: z.string().max(80) });

export const readIssue = {
  method: 'GET',
  path: '/api/issues/:id',
  right: 'issue.read',
  params: IssueRef,
  reply: IssueDetail,
} as const satisfies Endpoint;

export const moveIssue = {
  method: 'POST',
  path: '/api/issues/:id/moves',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), move: IssueMove }),
  reply: IssueRow,
} as const satisfies Endpoint;

/** So many issues in one request; each is decided by itself. */
export const ISSUES_PER_BULK = 200;
/** For so long a decision can be taken back by whoever made it. */
export const UNDO_SECONDS = 60;

export const SeenIssue = z.object({ id: z.uuid(), version: z.int() });

/** What became of one of them: its new version, or why it was left as it is. */
export const BulkOutcome = z.discriminatedUnion('outcome', [
  z.object({ id: z.uuid(), outcome: z.literal('done'), key: z.string(), version: z.int() }),
  z.object({ id: z.uuid(), outcome: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type BulkOutcome = z.infer<typeof BulkOutcome>;

/** In the order in which they were given. */
export const moveIssues = {
  method: 'POST',
  path: '/api/issues/bulk',
  right: 'issue.decide',
  body: z.object({ issues: z.array(SeenIssue).min(1).max(ISSUES_PER_BULK), move: IssueMove }),
  reply: z.object({ outcomes: z.array(BulkOutcome) }),
} as const satisfies Endpoint;

/**
 * Takes back one's own decision, or to whom one gave it, as long as nobody has decided anything since. It stays in the
 * history as taken back.
 */
export const undoMoves = {
  method: 'POST',
  path: '/api/issues/bulk/undo',
  right: 'issue.decide',
  body: z.object({ issues: z.array(SeenIssue).min(1).max(ISSUES_PER_BULK) }),
  reply: z.object({ outcomes: z.array(BulkOutcome) }),
} as const satisfies Endpoint;

export const renameIssue = {
  method: 'POST',
  path: '/api/issues/:id/title',
  right: 'issue.decide',
  params: IssueRef,
  body: z.object({ version: z.int(), title: lineOf(160) }),
  reply: IssueRow,
} as const satisfies Endpoint;

/** The one setting of detection, in plain words: how many false alerts a week are bearable. Per compartment. */
export const DetectionSettings = z.object({
  compartment: z.string(),
  falseAlertsPerWeek: z.number(),
  /** Alerts that people dismissed as false in the last eight weeks. */
  dismissedAsFalse: z.int(),
  /** Signals read by the engine, and those still waiting for it. */
  read: z.int(),
  waiting: z.int(),
  can: z.array(z.enum(['change'])),
});
export type DetectionSettings = z.infer<typeof DetectionSettings>;

export const readDetection = {
  method: 'GET',
  path: '/api/detection',
  right: 'issue.read',
  reply: z.object({ streams: z.array(DetectionSettings) }),
} as const satisfies Endpoint;

export const changeDetection = {
  method: 'PUT',
  path: '/api/detection/:compartment',
  right: 'engine.configure',
  params: z.object({ compartment: CompartmentName }),
  body: z.object({ falseAlertsPerWeek: z.number().min(0.01).max(50) }),
  reply: DetectionSettings,
} as const satisfies Endpoint;
