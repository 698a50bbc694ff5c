/** Groups of digits that stand together as one number may: "0171 123 45 67", "4111-1111-1111-1111", "(212) 555-0123". */

export interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

export interface Cluster {
  readonly groups: readonly Group[];
  /** Where it begins: before a bracket or a plus that belongs to the first group. */
  readonly start: number;
  readonly plus: boolean;
  /** A letter or a sign stands directly before it, and makes it a part of something else. */
  readonly attached: boolean;
  /** The same behind it. */
  readonly trailed: boolean;
}

/** Fewer digits than this are neither a phone, a card nor an id. */
const FEWEST = 7;
const LONGEST = 24;
const ONE_SIGN = ' .·_-/()';
const GAP = /^(?:[-.]\(|[ ]?[/()-][ ]?|\)? ?[-.] ?|\) ?\(|[ ]{2})$/;
const GAP_MAX = 3;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordSign = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

function isGap(plain: string, from: number, to: number): boolean {
  if (to - from > GAP_MAX) return false;
  if (to - from === 1) return ONE_SIGN.includes(plain[from]!);
  return GAP.test(plain.slice(from, to));
}

/** In order, only those that hold enough digits to be something. */
export function clustersOf(plain: string): Cluster[] {
  const clusters: Cluster[] = [];
  let open: Group[] = [];
  let held = 0;
  const close = (): void => {
    if (held >= FEWEST)
      clusters.push(...withoutDates(plain, merged(plain, open)).map((groups) => clusterOf(plain, groups)));
    open = [];
    held = 0;
  };
  for (let i = 0; i < plain.length; i++) {
    if (!isDigit(plain.charCodeAt(i))) continue;
    const start = i;
    while (i < plain.length && isDigit(plain.charCodeAt(i))) i++;
    const before = open.at(-1);
    if (before && !isGap(plain, before.end, start)) close();
    // What is longer than anything we look for is kept as a mark of its length, not as a copy of a megabyte.
    open.push({ start, end: i, digits: plain.slice(start, Math.min(i, start + LONGEST)) });
    held += i - start;
  }
  close();
  return clusters.filter(({ groups }) => groups.reduce((sum, { start, end }) => sum + end - start, 0) >= FEWEST);
}

/** "0 1 7 1 1 2 3": digits that stand one by one are one group. */
function merged(plain: string, groups: readonly Group[]): Group[] {
  const result: Group[] = [];
  for (let i = 0; i < groups.length; ) {
    let j = i;
    const sign = plain.slice(groups[i]!.end, groups[i + 1]?.start);
    const next = (): boolean =>
      j + 1 < groups.length &&
      groups[j]!.end - groups[j]!.start === 1 &&
      groups[j + 1]!.end - groups[j + 1]!.start === 1 &&
      plain.slice(groups[j]!.end, groups[j + 1]!.start) === sign;
    while (sign.length === 1 && next()) j++;
    if (j - i < FEWEST - 1) result.push(...groups.slice(i, j + 1));
    else {
      const digits = groups.slice(i, Math.min(j + 1, i + LONGEST)).map((group) => group.digits);
      result.push({ start: groups[i]!.start, end: groups[j]!.end, digits: digits.join('') });
    }
    i = j + 1;
  }
  return result;
}

const DATE =
  /^(?:(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)$/;

/** A date parts a number from the next; two years do, too. */
function withoutDates(plain: string, groups: readonly Group[]): Group[][] {
  const runs: Group[][] = [[]];
  for (let i = 0; i < groups.length; i++) {
    const [a, c] = [groups[i]!, groups[i + 2]];
    if (c && c.end - a.start <= 10 && DATE.test(plain.slice(a.start, c.end))) {
      runs.push([]);
      i += 2;
    } else runs.at(-1)!.push(a);
  }
  return runs.filter((run) => run.length > 0);
}

function clusterOf(plain: string, groups: readonly Group[]): Cluster {
  let start = groups[0]!.start;
  while (start > 0 && groups[0]!.start - start < 4 && /[+( ]/.test(plain[start - 1]!)) start--;
  const lead = plain.slice(start, groups[0]!.start);
  const sign = lead.includes('+') ? lead.indexOf('+') : lead.indexOf('(');
  start = sign < 0 ? groups[0]!.start : start + sign;
  return {
    groups,
    start,
    plus: lead.includes('+'),
    attached: isAttached(plain, start),
    trailed: isTrailed(plain, groups.at(-1)!.end),
  };
}

/** Words that are often written to a number without a space. */
const MAY_TOUCH =
  /(?<![a-z])(?:tel|phone|mobile|mob|cell|wa|whatsapp|visa|card|fax|ssn|cpf|bsn|pesel|nik|p|t|m|h)[.:=]?$/i;

function isAttached(plain: string, start: number): boolean {
  const before = plain.charCodeAt(start - 1);
  if (Number.isNaN(before)) return false;
  if (isDigit(before)) return true;
  if (isWordSign(before)) return !MAY_TOUCH.test(plain.slice(Math.max(0, start - 9), start));
  if (/[#№$€£¥₹₩₺₽฿%]/.test(plain[start - 1]!)) return true;
  const further = plain.charCodeAt(start - 2);
  if (/[-/.,\\~^+]/.test(plain[start - 1]!)) return isDigit(further) || isWordSign(further) || plain[start - 1] === '.';
  return (
    /[#$€£¥₹]\s$/.test(plain.slice(Math.max(0, start - 2), start)) ||
    /(?:rp|usd|eur|inr|jpy|idr|brl|r\$)\.?\s?$/i.test(plain.slice(Math.max(0, start - 5), start))
  );
}

function isTrailed(plain: string, end: number): boolean {
  const after = plain.charCodeAt(end);
  if (Number.isNaN(after)) return false;
  if (isWordSign(after)) return true;
  const further = plain.charCodeAt(end + 1);
  if (/[,.:]/.test(plain[end]!)) return isDigit(further) && !(plain[end] === ',' && isDigit(plain.charCodeAt(end + 3)));
  if (/[-/_@]/.test(plain[end]!)) return isWordSign(further);
  return /^\s?(?:[%€$£¥₹円元]|kr\b|zł|usd|eur|inr|idr)/i.test(plain.slice(end, end + 5));
}
