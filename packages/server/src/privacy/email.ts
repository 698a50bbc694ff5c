/** Addresses of mail, also those written so that no machine should see them: "name (at) domain dot com". */
import type { Span } from './span.ts';

/** What can stand for "@"; a bare word needs a spelt-out dot after it as well. */
const AT = /@|%40|\s?[([{<]\s?(?:at|arroba|arobase|ät|a)\s?[)\]}>]\s?|\s(?:at|arroba|arobase|ät)\s/gi;

const LOCAL_MAX = 64;
const LATIN = 'a-z0-9\\u00c0-\\u024f';
/** Letters of every script: for addresses that are not in Latin. */
const ANY = '\\p{L}\\p{M}\\p{N}';
const IS_LATIN = /[a-z0-9\u00c0-\u024f._%+'!#$&*=?^{|}~/-]/i;
const IS_ANY = /[\p{L}\p{M}\p{N}._%+-]/u;

const SIGN = '\\.';
const SPELT =
  '\\s?[([{<]\\s?(?:dot|punkt|point|punto|ponto|titik)\\s?[)\\]}>]\\s?|\\s(?:dot|punkt|point|punto|ponto|titik)\\s';
const domain = (letters: string, dot: string): RegExp =>
  new RegExp(`[${letters}](?:[${letters}-]{0,62})(?:(?:${dot})[${letters}-]{1,63}){1,8}`, 'iuy');
const PLAIN_DOMAIN = domain(LATIN, SIGN);
const FOREIGN_DOMAIN = domain(ANY, SIGN);
const SPELT_DOMAIN = domain(LATIN, `${SIGN}|${SPELT}`);
const WORDED_DOMAIN = domain(LATIN, SPELT);

/** Not the end of a mail address: pictures for sharp screens are named icon@2x.png. */
const FILE = /^\d+x\.[a-z]{2,5}$/i;
const RELEASE = /^\d+(?:\.\d+)+/;
/** Where spaces stand around the sign, only those that are nothing but mail. */
const MAILERS =
  /^\s?(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|live|gmx|web|proton|protonmail|qq|163|naver|mail|aol)\./i;

export function findEmails(plain: string): Span[] {
  const spans: Span[] = [];
  AT.lastIndex = 0;
  let floor = 0; // where the last address ended: the next one begins there or later, so that no two share a character
  for (let at = AT.exec(plain); at; at = AT.exec(plain)) {
    const span = addressAround(plain, floor, at.index, at[0]);
    if (!span) continue;
    spans.push(span);
    floor = span.end;
    AT.lastIndex = floor;
  }
  return spans;
}

function addressAround(plain: string, floor: number, at: number, sign: string): Span | null {
  const spaced = sign === '@' && plain[at - 1] === ' ';
  const before = localStart(plain, floor, spaced ? at - 1 : at);
  if (before === null) return null;
  let from = at + sign.length;
  const gap = sign === '@' && plain[from] === ' ';
  if ((spaced || gap) && !MAILERS.test(plain.slice(from, from + 16))) return null;
  if (gap) from++;
  const end = domainEnd(plain, from, sign);
  return end === null ? null : { start: before, end, what: 'email' };
}

function localStart(plain: string, floor: number, end: number): number | null {
  const kind = IS_LATIN.test(plain[end - 1] ?? ' ') ? IS_LATIN : IS_ANY;
  let start = end;
  while (start > floor && end - start < LOCAL_MAX && kind.test(plain[start - 1]!)) start--;
  // Quotes, slashes and the like may be part of an address, but more often they stand before one.
  const opening = /[^'!#$&*=?^{|}~/.]/u.exec(plain.slice(start, end));
  if (!opening) return null;
  const query = plain.slice(start, end).search(/[=&?/|{}][^=&?/|{}]*$/); // of "to=ana@…" the address is "ana@…"
  return query >= 0 && start + query + 1 < end ? start + query + 1 : start + opening.index;
}

function domainEnd(plain: string, from: number, sign: string): number | null {
  const worded = /^\s/.test(sign) && !/[([{<]/.test(sign);
  const spelt = sign !== '@' && sign !== '%40';
  const shapes = worded ? [WORDED_DOMAIN] : spelt ? [SPELT_DOMAIN] : [PLAIN_DOMAIN, FOREIGN_DOMAIN];
  for (const shape of shapes) {
    shape.lastIndex = from;
    const found = shape.exec(plain)?.[0];
    const end = found && trimmed(found, spelt);
    if (end) return from + end.length;
  }
  return null;
}

/** The domain without what only follows it; empty when no top-level domain is left. */
function trimmed(found: string, spelt: boolean): string {
  let domain = found;
  while (/[.-]$/.test(domain)) domain = domain.slice(0, -1);
  if (FILE.test(domain) || RELEASE.test(domain)) return '';
  const tail = spelt ? /(?:[.\s)\]}>])([\p{L}]{2,24})$/u : /\.([\p{L}\p{M}]{2,24}|xn--[a-z0-9-]{2,59})$/iu;
  return tail.test(domain) ? domain : '';
}
