/** What the parts are filled with here: invented, and chosen to be hard on them (long, mixed scripts, nothing, too much). */
import { Fault, type IssueDetail, type IssueRow, placeholderOf, Refusal, type SavedView } from '@groundswell/contract';

const HOUR_MS = 3_600_000;
const NOW = Date.now();
const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * HOUR_MS).toISOString();
const ID = '018f4e5a-0000-8000-8000-00000000000';

export const LONG =
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung is what one creator called the new upload form, and then went on for a while about it';
export const ARABIC = 'بعد التحديث الأخير يتوقف الرفع عند 99% ولا يُنشر الفيديو أبدًا.';
const JAPANESE = '昨日の更新から、動画のアップロードが99%で止まってしまいます。';

export const POINTS = [18, 22, 19, 25, 21, 17, 20, 23, 19, 22, 31, 58, 92, 131].map((count, index) => ({
  at: at((14 - index) * 24),
  count,
  low: 12,
  mean: 20,
  high: 29,
}));
export const QUIET = POINTS.map((point) => ({ ...point, count: 18 }));
export const ONSET = at(4 * 24);
export const NOTICED = at(3.5 * 24);

export const SURGE: IssueRow['surge'] = {
  pattern: 'growing',
  onsetAt: ONSET,
  noticedAt: NOTICED,
  observed: 312,
  expected: 51,
  low: 38,
  high: 66,
  ratio: 6.12,
  trend: 'growing',
  slice: { app_version: '38.1.2', country: 'BR' },
};

export const ROW: IssueRow = {
  id: `${ID}1`,
  key: 'IS-204',
  version: 3,
  compartment: 'open',
  title: 'upload · stops at 99 · publish',
  renamed: false,
  state: 'suspected',
  historical: false,
  signals: 2310,
  people: 1984,
  severity: { is: 1, said: false },
  surge: SURGE,
  spark: POINTS,
  changedAt: at(2),
  owner: null,
  duplicateOf: null,
  unread: 0,
  news: false,
  following: false,
  can: ['confirm', 'dismiss', 'rename'],
};

/** The same issue after a colleague was faster. */
export const NOW_THERE: IssueDetail = {
  ...ROW,
  version: 4,
  state: 'dismissed',
  topicId: `${ID}2`,
  phrases: ['stops at 99'],
  budget: { falseAlertsPerWeek: 1, logEvidence: 574, threshold: 23.1 },
  note: 'Known since Monday, told to the store team.',
  dismissReason: 'not_ours',
  series: { bucketMs: 24 * HOUR_MS, points: POINTS },
  where: null,
  medoid: null,
  typical: [],
  newest: [],
  sources: [],
  history: [{ id: `${ID}3`, at: at(0.2), name: 'issue.moved', actor: 'Leila M.', payload: { to: 'dismissed' } }],
};

export const VIEW: SavedView = {
  id: `${ID}4`,
  version: 1,
  kind: 'issues',
  name: 'Uploads in Brazil',
  search: { q: 'upload' },
  share: { with: 'everyone' },
  team: null,
  owner: { id: `${ID}5`, name: 'Ines D.' },
  starts: false,
  watch: { above: 40, toldAt: at(30), toldSignals: 61, fresh: 12 },
  can: ['change', 'watch'],
};

export const PEOPLE = ['Leila Mansour', 'Tomas Rey', 'Kenji Abe', 'Ada'].map((name) => ({ id: name, name }));

/** A foreseen no, and a fault with the code that an admin looks up. */
export const REFUSAL = new Refusal('issue.changed_meanwhile', 'Someone else changed this issue. Reload it.');
export const FAULT = new Fault('broken', 500, '7F3A-19C2');

interface Told {
  readonly id: string;
  readonly title: string | null;
  readonly text: string | null;
  readonly exposure: number;
  readonly language: string | null;
  readonly length: number;
}
const told = (of: Partial<Told>): Told => ({
  id: `${ID}6`,
  title: null,
  text: '',
  exposure: 0,
  language: 'en',
  length: of.text?.length ?? 0,
  ...of,
});
export const TOLD = {
  plain: told({ title: 'Cannot upload', text: 'My upload stops at 99 percent.\nSince yesterday, on Android.' }),
  arabic: told({ text: ARABIC, language: 'ar' }),
  japanese: told({ text: JAPANESE, language: 'ja' }),
  masked: told({ text: `Write to me at ${placeholderOf('email')} or ${placeholderOf('phone')}.` }),
  long: told({ text: `${LONG}. `.repeat(6) }),
  covered: told({ text: null, exposure: 2, language: 'pt', length: 214 }),
};
