/** What the columns of a file are, guessed from their names (known exports included) and from their first values. */
import { knownPlaces, type Place, plainName, type Target } from './known-exports.ts';
import { parseMoment } from './moment.ts';
import type { Cells } from './rows.ts';

export type Suggestion = Record<string, Place>;

/**
 * Names per target, best first; compared without case, spaces and marks, and without what stands before the last dot
 * (`author.id` is `id`) unless the whole name is listed. Known exports have their own table; these are what people say.
 */
const NAMES: Readonly<Record<Target, readonly string[]>> = {
  id: [
    'id',
    'reviewid',
    'ticketid',
    'conversationid',
    'externalid',
    'feedbackid',
    'messageid',
    'commentid',
    'caseid',
    'signalid',
    'uuid',
    'key',
    'reviewlink',
  ],
  ts: [
    'ts',
    'reviewsubmitmillissinceepoch',
    'createdat',
    'createddate',
    'created',
    'timestamp',
    'reviewsubmitdateandtime',
    'submittedat',
    'reviewdate',
    'createdtime',
    'creationdate',
    'datetime',
    'date',
    'time',
    'postedat',
    'publishedat',
    'receivedat',
    'sentat',
    'lastmodified',
    'eventtime',
    'at',
    'when',
  ],
  text: [
    'text',
    'reviewtext',
    'descriptiontext',
    'sourcebody',
    'body',
    'review',
    'content',
    'description',
    'message',
    'comment',
    'feedback',
    'verbatim',
    'reviewbody',
    'comments',
    'complaint',
    'post',
    'tweet',
    'utterance',
    'details',
    'notes',
  ],
  title: ['title', 'reviewtitle', 'sourcesubject', 'subject', 'headline', 'summary'],
  author: [
    'author',
    'authorid',
    'sourceauthorid',
    'requesterid',
    'reviewernickname',
    'authorname',
    'userid',
    'customerid',
    'contactid',
    'accountid',
    'creatorid',
    'username',
    'user',
    'reviewer',
    'nickname',
    'authoremail',
    'email',
    'customer',
    'handle',
  ],
  rating: ['rating', 'starrating', 'stars', 'score', 'ratingvalue', 'conversationratingrating', 'csat', 'star'],
  language: ['language', 'reviewerlanguage', 'lang', 'locale', 'languagecode'],
  updated_at: [
    'updatedat',
    'reviewlastupdatemillissinceepoch',
    'lastmodifiedat',
    'updated',
    'modifiedat',
    'editedat',
    'lastupdated',
    'updateddate',
    'reviewlastupdatedateandtime',
  ],
  creator_tier: ['creatortier', 'tier', 'authortier', 'usertier', 'segment'],
  exposure: ['exposure', 'exposurelevel'],
};

/** Known columns that say nothing about what was said: other people, links, answers, machine bookkeeping. */
const IGNORED =
  /(url|link|href|reply|response|assigneeid|responderid|submitterid|collaboratorids|followerids|emailccids|ccemails|rawsubject|recipient|generatedtimestamp|descriptiontext|followupids|sharingagreementids|customfields|stats|millissinceepoch|dateandtime|escalated)$|^(reply|developerreply|metricset|selfurl|dueby|frdueby|nrdueby|hasincidents|ispublic|spam|allowchannelback)/;

const SAMPLE_TEXT_MIN = 20;
const DIMENSION_VALUE_MAX = 200;
const DIMENSIONS_MAX = 50;

interface Column {
  readonly name: string;
  readonly plain: string;
  readonly last: string;
  /** Values that are there, as text. */
  readonly values: readonly string[];
}

/**
 * Suggests a target for every column: as it is for a known export, and a guess for every other column. Each target but
 * `dimension` and `ignore` is given once at most.
 * @param columns    the names of all columns
 * @param sampleRows some first rows
 * @example
 * suggestMapping(['Star Rating', 'Review Text'], []); // { 'Star Rating': 'rating', 'Review Text': 'text' }
 */
export function suggestMapping(columns: readonly string[], sampleRows: readonly Cells[]): Suggestion {
  const all = columns.map((name) => columnOf(name, sampleRows));
  const found = new Map<string, Place>(knownPlaces(columns));
  const known = found.size > 0;
  for (const column of all) if (foreign(found.get(column.name), column)) found.set(column.name, 'ignore');
  const free = () => all.filter(({ name }) => !found.has(name));
  const has = (target: Target) => [...found.values()].includes(target);
  const give = (target: Target, column: Column | undefined) => {
    if (column && !has(target)) found.set(column.name, target);
  };

  const guessed = (Object.keys(NAMES) as Target[]).filter((target) => !known || target === 'ts' || target === 'text');
  for (const target of guessed) give(target, byName(target, free()));
  give('ts', free().find(isMoments));
  give('text', longestText(free()));
  if (!known) give('rating', onlyOne(free().filter(isRating)));
  const title = all.find(({ name }) => found.get(name) === 'title');
  if (known && title && !has('text')) found.set(title.name, 'text'); // a list of tickets says no more than their subjects

  let dimensions = 0;
  return Object.fromEntries(
    all.map((column) => {
      const place = found.get(column.name);
      if (place && place !== 'dimension') return [column.name, place];
      const kept = (place === 'dimension' || isDimension(column)) && dimensions < DIMENSIONS_MAX;
      if (kept) dimensions += 1;
      return [column.name, kept ? 'dimension' : 'ignore'];
    }),
  );
}

/** A column of a known export that holds something else here: stars that are words, a language that is none. */
const foreign = (place: Place | undefined, column: Column): boolean =>
  (place === 'rating' || place === 'language') && !agrees(place, column);

function columnOf(name: string, rows: readonly Cells[]): Column {
  const values = rows.map((row) => String(row[name] ?? '').trim()).filter((value) => value !== '');
  return { name, plain: plainName(name), last: plainName(name.split('.').at(-1) ?? ''), values };
}

/** The whole name counts before its last part, and a column whose values contradict its name does not count. */
function byName(target: Target, columns: readonly Column[]): Column | undefined {
  for (const part of ['plain', 'last'] as const) {
    for (const known of NAMES[target]) {
      const column = columns.find((one) => one[part] === known && agrees(target, one));
      if (column) return column;
    }
  }
  return undefined;
}

/** Most values: a file may well hold mistakes, and they are to be told row by row, not by losing the column. */
function agrees(target: Target, { values }: Column): boolean {
  const fits = FITS[target];
  return !fits || values.length === 0 || values.filter(fits).length > values.length / 2;
}

/** Also a date that could be two: whoever has such a column must hear so. */
const isMoment = (value: string): boolean => 'at' in parseMoment(value) || /^\d{1,2}\/\d{1,2}\/\d{4}/.test(value);

const FITS: Partial<Record<Target, (value: string) => boolean>> = {
  ts: isMoment,
  updated_at: isMoment,
  rating: (value) => /^[1-5](\.0+)?$/.test(value),
  language: (value) => /^[a-z]{2,3}([-_][a-z0-9]+)*$/i.test(value),
  exposure: (value) => /^x?[0-4]$/i.test(value),
};

/** Four of five: a few holes and mistakes do not hide what a column is. */
const isMoments = ({ values }: Column): boolean =>
  values.length > 0 && values.filter(isMoment).length >= values.length * 0.8;

/** One to five and nothing else, with some variety: a column of ones is more likely a flag. */
const isRating = ({ values, plain }: Column): boolean =>
  values.length >= 3 &&
  new Set(values).size > 1 &&
  values.every((value) => /^[1-5]$/.test(value)) &&
  !/(priority|status|source|level|count|type|id)$/.test(plain);

function longestText(columns: readonly Column[]): Column | undefined {
  const length = ({ values }: Column) =>
    values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length);
  const texts = columns.filter((one) => length(one) >= SAMPLE_TEXT_MIN && one.values.some((value) => /\s/.test(value)));
  return texts.sort((a, b) => length(b) - length(a))[0];
}

const onlyOne = (columns: readonly Column[]): Column | undefined => (columns.length === 1 ? columns[0] : undefined);

/** Short words that repeat, numbers, versions; not names of single things, times, or a second text. */
function isDimension(column: Column): boolean {
  const { name, plain, last, values } = column;
  if (name.length > 64 || IGNORED.test(plain) || IGNORED.test(last)) return false;
  if (values.length === 0 || isMoments(column)) return false;
  if (values.some((value) => value.length > DIMENSION_VALUE_MAX || /^https?:\/\//.test(value) || /^[[{]/.test(value)))
    return false;
  const unlike = new Set(values).size / values.length;
  return !(values.length >= 10 && unlike > 0.9 && !values.every((value) => /^[\d.]+$/.test(value) && value.length < 9));
}
