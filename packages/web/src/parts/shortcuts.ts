/** Every shortcut that can be changed: its name, its keys as shipped, and what this browser's person made of them. */

/** Where it works. `shared` ones belong to parts that stand on many screens, so they meet those of every screen. */
type Where =
  | 'everywhere'
  | 'shared'
  | 'issues'
  | 'issue'
  | 'desk'
  | 'cases'
  | 'case'
  | 'signals'
  | 'dimension'
  | 'people'
  | 'changes';

interface Shortcut {
  readonly keys: string;
  /** The words of it, by their name in the locale. */
  readonly words: string;
  readonly where: Where;
}

export const SHORTCUTS = {
  help: { keys: '?', words: 'keys.all', where: 'everywhere' },
  undo: { keys: 'z', words: 'undo.key', where: 'everywhere' },
  search: { keys: '/', words: 'keys.search', where: 'everywhere' },
  'go.home': { keys: 'g h', words: 'place.home', where: 'everywhere' },
  'go.signals': { keys: 'g s', words: 'place.signals', where: 'everywhere' },
  'go.issues': { keys: 'g i', words: 'place.issues', where: 'everywhere' },
  'go.desk': { keys: 'g w', words: 'place.desk', where: 'everywhere' },
  'go.cases': { keys: 'g q', words: 'place.cases', where: 'everywhere' },
  'go.shifts': { keys: 'g r', words: 'place.shifts', where: 'everywhere' },
  'go.notices': { keys: 'g b', words: 'place.notices', where: 'everywhere' },
  'go.changes': { keys: 'g c', words: 'place.changes', where: 'everywhere' },
  'go.import': { keys: 'g m', words: 'place.import', where: 'everywhere' },
  'go.sources': { keys: 'g o', words: 'place.sources', where: 'everywhere' },
  'go.dimensions': { keys: 'g d', words: 'place.dimensions', where: 'everywhere' },
  'go.severity': { keys: 'g v', words: 'place.severity', where: 'everywhere' },
  'go.privacy': { keys: 'g p', words: 'place.privacy', where: 'everywhere' },
  'go.samples': { keys: 'g e', words: 'place.samples', where: 'everywhere' },
  'go.people': { keys: 'g u', words: 'place.people', where: 'everywhere' },
  'world.toggle': { keys: 'g t', words: 'world.keys.toggle', where: 'everywhere' },
  'world.skip': { keys: 'g n', words: 'world.skip', where: 'everywhere' },
  'list.next': { keys: 'j', words: 'keys.next', where: 'shared' },
  'list.back': { keys: 'k', words: 'keys.back', where: 'shared' },
  'list.open': { keys: 'Enter', words: 'keys.open', where: 'shared' },
  'chart.table': { keys: 'v', words: 'chart.toggleKey', where: 'shared' },
  views: { keys: 'w', words: 'views.key', where: 'shared' },
  'issues.choose': { keys: 'x', words: 'bulk.chooseKey', where: 'issues' },
  'issues.chooseTo': { keys: 'X', words: 'bulk.chooseToKey', where: 'issues' },
  'issues.chooseNext': { keys: 'J', words: 'bulk.chooseNextKey', where: 'issues' },
  'issues.chooseBack': { keys: 'K', words: 'bulk.chooseBackKey', where: 'issues' },
  'issues.chooseAll': { keys: '*', words: 'bulk.allKey', where: 'issues' },
  'issues.chooseNone': { keys: 'Escape', words: 'bulk.noneKey', where: 'issues' },
  'issues.confirm': { keys: 'c', words: 'issues.confirmKey', where: 'issues' },
  'issues.dismiss': { keys: 'd', words: 'issues.dismissKey', where: 'issues' },
  'issues.reopen': { keys: 'o', words: 'issues.reopenKey', where: 'issues' },
  'issues.assign': { keys: 'a', words: 'issues.assignKey', where: 'issues' },
  'issues.follow': { keys: 'f', words: 'issues.followKey', where: 'issues' },
  'issues.read': { keys: 'r', words: 'issues.readKey', where: 'issues' },
  'issues.mine': { keys: 'm', words: 'issues.mineKey', where: 'issues' },
  'issues.board': { keys: 'b', words: 'issues.boardKey', where: 'issues' },
  'issue.next': { keys: 'j', words: 'walk.nextKey', where: 'issue' },
  'issue.back': { keys: 'k', words: 'walk.backKey', where: 'issue' },
  'issue.list': { keys: 'u', words: 'walk.listKey', where: 'issue' },
  'issue.confirm': { keys: 'c', words: 'issues.confirmKey', where: 'issue' },
  'issue.dismiss': { keys: 'd', words: 'issues.dismissKey', where: 'issue' },
  'issue.rename': { keys: 'r', words: 'issues.renameKey', where: 'issue' },
  'issue.assign': { keys: 'a', words: 'triage.assignKey', where: 'issue' },
  'issue.follow': { keys: 'f', words: 'triage.followKey', where: 'issue' },
  'issue.merge': { keys: 'm', words: 'triage.mergeKey', where: 'issue' },
  'issue.split': { keys: 's', words: 'triage.splitKey', where: 'issue' },
  'issue.link': { keys: 'l', words: 'triage.linkKey', where: 'issue' },
  'issue.severity': { keys: 'e', words: 'severity.key', where: 'issue' },
  'issue.harm': { keys: 'h', words: 'impact.harmKey', where: 'issue' },
  'issue.slice': { keys: 'o', words: 'explanation.firstKey', where: 'issue' },
  'issue.case': { keys: 't', words: 'opening.key', where: 'issue' },
  'issue.comment': { keys: 'n', words: 'comment.key', where: 'issue' },
  'desk.take': { keys: 't', words: 'desk.key.take', where: 'desk' },
  'cases.take': { keys: 't', words: 'queue.key.take', where: 'cases' },
  'cases.open': { keys: 'n', words: 'opening.key', where: 'cases' },
  'cases.mine': { keys: 'm', words: 'queue.key.mine', where: 'cases' },
  'cases.due': { keys: 'd', words: 'queue.key.due', where: 'cases' },
  'case.triage': { keys: 'a', words: 'case.key.triage', where: 'case' },
  'case.start': { keys: 's', words: 'case.key.start', where: 'case' },
  'case.wait': { keys: 'w', words: 'case.key.wait', where: 'case' },
  'case.resume': { keys: 'b', words: 'case.key.resume', where: 'case' },
  'case.resolve': { keys: 'e', words: 'case.key.resolve', where: 'case' },
  'case.close': { keys: 'c', words: 'case.key.close', where: 'case' },
  'case.reopen': { keys: 'o', words: 'case.key.reopen', where: 'case' },
  'case.duplicate': { keys: 'd', words: 'case.key.duplicate', where: 'case' },
  'case.not_ours': { keys: 'x', words: 'case.key.not_ours', where: 'case' },
  'case.take': { keys: 't', words: 'case.key.take', where: 'case' },
  'case.give': { keys: 'h', words: 'case.key.give', where: 'case' },
  'case.hand_over': { keys: 'H', words: 'case.key.hand_over', where: 'case' },
  'case.refuse': { keys: 'q', words: 'case.key.refuse', where: 'case' },
  'case.priority': { keys: 'y', words: 'case.key.priority', where: 'case' },
  'case.watch': { keys: 'f', words: 'case.key.watch', where: 'case' },
  'case.answer': { keys: 'r', words: 'case.key.answer', where: 'case' },
  'case.ask': { keys: 'p', words: 'case.key.ask', where: 'case' },
  'case.note': { keys: 'n', words: 'case.key.note', where: 'case' },
  'case.task': { keys: 'm', words: 'case.key.task', where: 'case' },
  'case.link': { keys: 'l', words: 'case.key.link', where: 'case' },
  'case.clocks': { keys: 'i', words: 'case.key.clocks', where: 'case' },
  'case.next': { keys: 'j', words: 'case.key.next', where: 'case' },
  'case.back': { keys: 'k', words: 'case.key.back', where: 'case' },
  'case.list': { keys: 'u', words: 'case.key.list', where: 'case' },
  'signals.copies': { keys: 'c', words: 'signals.copiesKey', where: 'signals' },
  'signals.explain': { keys: 'e', words: 'explanation.thisKey', where: 'signals' },
  'signals.close': { keys: 'Escape', words: 'keys.close', where: 'signals' },
  'signal.like': { keys: 'm', words: 'signals.likeThis', where: 'signals' },
  'signal.case': { keys: 't', words: 'opening.key', where: 'signals' },
  'signal.move': { keys: 'i', words: 'triage.moveKey', where: 'signals' },
  'values.choose': { keys: 'x', words: 'dictionary.chooseKey', where: 'dimension' },
  'values.merge': { keys: 'm', words: 'dictionary.mergeKey', where: 'dimension' },
  'changes.new': { keys: 'n', words: 'changes.newKey', where: 'changes' },
  'people.invite': { keys: 'n', words: 'staff.invite', where: 'people' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof SHORTCUTS;
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as ShortcutName[];

/** By name, where it differs from what was shipped; an empty word turns one off. */
export type OwnKeys = Readonly<Partial<Record<ShortcutName, string>>>;

const KEPT = 'groundswell.keys.own';
const listeners = new Set<() => void>();
let own: OwnKeys | null = null;

export function ownKeys(): OwnKeys {
  own ??= readOwn();
  return own;
}

/** What a browser keeps may be of another version, or spoilt: only what is understood is taken. */
function readOwn(): OwnKeys {
  try {
    const said = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(said).filter(
        ([name, keys]) => name in SHORTCUTS && typeof keys === 'string' && (keys === '' || isKeys(keys)),
      ),
    );
  } catch {
    return {};
  }
}

/** Null gives a shortcut its shipped keys again. */
export function changeKeys(name: ShortcutName, keys: string | null): void {
  const { [name]: _, ...others } = ownKeys();
  const shipped = keys === null || keys === SHORTCUTS[name].keys;
  keep(shipped ? others : { ...others, [name]: keys });
}

export const resetKeys = (): void => keep({});

function keep(next: OwnKeys): void {
  own = next;
  localStorage.setItem(KEPT, JSON.stringify(next));
  for (const hear of listeners) hear();
}

export function onKeysChange(hear: () => void): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

/** Another tab changed them. */
globalThis.addEventListener?.('storage', ({ key }) => {
  if (key !== KEPT && key !== null) return;
  own = null;
  for (const hear of listeners) hear();
});

export const keysOf = (name: ShortcutName, mine: OwnKeys): string => mine[name] ?? SHORTCUTS[name].keys;

/** Those keep the meaning that they have in every page, and space scrolls. */
const TAKEN_BY_BROWSER: ReadonlySet<string> = new Set(['Tab', ' ', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

/** One key, or two one after the other. */
export const isKeys = (keys: string): boolean => {
  const caps = keys.split(' ');
  return caps.length <= 2 && caps.every((cap) => cap !== '' && !TAKEN_BY_BROWSER.has(cap) && !/^F\d+$/.test(cap));
};

/** Whether a key can be part of a shortcut. */
export const isFree = (key: string): boolean => isKeys(key);

/** The others that would answer to the same keys at the same place, or whose second key could never be reached. */
export function conflictsOf(name: ShortcutName, keys: string, mine: OwnKeys): ShortcutName[] {
  if (keys === '') return [];
  return SHORTCUT_NAMES.filter((other) => {
    if (other === name || !meet(name, other)) return false;
    const theirs = keysOf(other, mine);
    return theirs !== '' && (theirs === keys || theirs.startsWith(`${keys} `) || keys.startsWith(`${theirs} `));
  });
}

/** The pages of one issue and of one case are no lists: what belongs to lists does not stand there, and j and k are their own. */
const ON_LISTS: ReadonlySet<ShortcutName> = new Set(['list.next', 'list.back', 'list.open', 'views']);
const ON_ONE: ReadonlySet<Where> = new Set(['issue', 'case']);

function meet(a: ShortcutName, b: ShortcutName): boolean {
  const [here, there]: [Where, Where] = [SHORTCUTS[a].where, SHORTCUTS[b].where];
  if (here === there || here === 'everywhere' || there === 'everywhere') return true;
  if (here === 'shared') return !ON_ONE.has(there) || !ON_LISTS.has(a);
  return there === 'shared' && (!ON_ONE.has(here) || !ON_LISTS.has(b));
}
