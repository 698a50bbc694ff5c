/** Who is told of what, and in how many words. Pure. */
import type { Capability, LiveKind, LiveNews } from '@groundswell/contract';

interface Told {
  readonly kind: LiveKind;
  /** Who may not ask for the thing is not told that it changed; `own`: only whoever did it is told, in their other windows. */
  readonly right: Capability | 'own';
  /** The subject of the event is the thing itself. */
  readonly byId?: boolean;
}

/** By the first word of the event's name. A family that is not here is told to nobody. */
const FAMILIES: Readonly<Record<string, Told>> = {
  issue: { kind: 'issue', right: 'issue.read', byId: true },
  comment: { kind: 'issue', right: 'issue.read' },
  case: { kind: 'case', right: 'case.read', byId: true },
  broadcast: { kind: 'case', right: 'case.read' },
  template: { kind: 'case', right: 'case.read' },
  legal_clock: { kind: 'case', right: 'case.read' },
  clock_policy: { kind: 'case', right: 'case.read' },
  clock_calendar: { kind: 'case', right: 'case.read' },
  shift: { kind: 'case', right: 'case.read' },
  view: { kind: 'view', right: 'signal.read' },
  alert: { kind: 'topic', right: 'issue.read' },
  detection: { kind: 'detection', right: 'issue.read' },
  import: { kind: 'import', right: 'import.run', byId: true },
  history: { kind: 'import', right: 'import.run', byId: true },
  source: { kind: 'source', right: 'source.read', byId: true },
  connector: { kind: 'connector', right: 'source.manage', byId: true },
  token: { kind: 'token', right: 'source.manage' },
  dimension: { kind: 'dimension', right: 'signal.read' },
  change: { kind: 'change', right: 'signal.read' },
  changes: { kind: 'change', right: 'signal.read' },
  active_users: { kind: 'change', right: 'signal.read' },
  pseudonyms: { kind: 'privacy', right: 'people.manage' },
  world: { kind: 'world', right: 'world.open' },
  person: { kind: 'person', right: 'people.manage' },
  invitation: { kind: 'person', right: 'people.manage' },
  membership: { kind: 'person', right: 'people.manage' },
  compartment: { kind: 'person', right: 'people.manage' },
  role: { kind: 'person', right: 'people.manage' },
  team: { kind: 'person', right: 'people.manage' },
  session: { kind: 'mine', right: 'own' },
  password: { kind: 'mine', right: 'own' },
  export: { kind: 'mine', right: 'own' },
};

/** When somebody looks at something or watches it is no news for anybody. */
export const SILENT_FAMILIES: ReadonlySet<string> = new Set(['author', 'watch', 'severity_rules']);
const SILENT: ReadonlySet<string> = new Set(['issue.looked_at', 'import.refused_downloaded']);

export const familyOf = (name: string): string => name.split('.')[0]!;
export const isToldFamily = (family: string): boolean => family in FAMILIES;

/** What changes without an event, because it only counts: who may hear of it. */
const COUNTED = {
  signal: 'signal.read',
  topic: 'issue.read',
  issue: 'issue.read',
  presence: 'issue.read',
} as const satisfies Partial<Record<LiveKind, Capability>>;
export type CountedKind = keyof typeof COUNTED;
export const COUNTED_KINDS = Object.keys(COUNTED) as CountedKind[];

export interface Happened {
  readonly name: string;
  readonly subject_id: string;
  readonly actor: string;
}

/** More of one kind than this at once are one message without an id: whoever hears it asks for all of them. */
const SINGLE_MAX = 50;

interface Hearer {
  readonly id: string;
  readonly can: ReadonlySet<string>;
}

/** What this person is told of these events: each thing once, in the order of its last event. */
export function newsOf(happened: readonly Happened[], hearer: Hearer): LiveNews[] {
  const news = new Map<string, LiveNews>();
  const perKind = new Map<LiveKind, number>();
  for (const { name, subject_id, actor } of happened) {
    const told = SILENT.has(name) ? undefined : FAMILIES[familyOf(name)];
    if (!told || !(told.right === 'own' ? actor === hearer.id : hearer.can.has(told.right))) continue;
    const id = told.byId ? subject_id : null;
    const key = `${told.kind} ${id}`;
    if (!news.delete(key)) perKind.set(told.kind, (perKind.get(told.kind) ?? 0) + 1);
    news.set(key, { kind: told.kind, id, name });
  }
  const many = new Set([...perKind].filter(([, count]) => count > SINGLE_MAX).map(([kind]) => kind));
  return [
    ...[...news.values()].filter(({ kind }) => !many.has(kind)),
    ...[...many].map((kind) => ({ kind, id: null, name: `${kind}.many` })),
  ];
}

export function countedNews(kinds: readonly CountedKind[], can: ReadonlySet<string>): LiveNews[] {
  return kinds.filter((kind) => can.has(COUNTED[kind])).map((kind) => ({ kind, id: null, name: `${kind}.counted` }));
}

/** After one of these somebody may be out, or see something else: streams look whether they still may. */
export const touchesAccess = ({ name }: Pick<Happened, 'name'>): boolean =>
  name !== 'session.started' && DOORS.has(familyOf(name));
const DOORS: ReadonlySet<string> = new Set(['session', 'password', 'person', 'role', 'membership', 'world']);

/** One name for everybody who sees the same: what is read for one of them is read for all. */
export const wallOf = (compartments: readonly string[]): string => [...compartments].sort().join(',');
