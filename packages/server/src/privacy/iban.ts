/** International bank account numbers (ISO 13616). */
import { mod97 } from './checks.ts';
import type { Span } from './span.ts';

/** Length by country, from the registry of IBANs. */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The two check digits: rarer than letters, so that most of a text is passed over at once. */
const CHECK = /\d{2}/g;
const MAY_FOLLOW = /[a-z -]/i;
const COUNTRY = /(?<![a-z0-9])[a-z]{2}[ -]?$/i;
const IS_PART = /[a-z0-9]/i;

export function findIbans(plain: string): Span[] {
  const spans: Span[] = [];
  CHECK.lastIndex = 0;
  for (let found = CHECK.exec(plain); found; found = CHECK.exec(plain)) {
    if (!MAY_FOLLOW.test(plain[found.index - 1] ?? '')) continue;
    const country = COUNTRY.exec(plain.slice(Math.max(0, found.index - 4), found.index))?.[0];
    const length = country && LENGTHS.get(country.slice(0, 2).toUpperCase());
    if (!length) continue;
    const start = found.index - country.length;
    const end = endOfIban(plain, start, length);
    if (end === null) continue;
    spans.push({ start, end, what: 'iban' });
    CHECK.lastIndex = end;
  }
  return spans;
}

/** Where it ends if it is one; groups may stand apart by one space, dash or dot. */
function endOfIban(plain: string, start: number, length: number): number | null {
  let compact = '';
  let i = start;
  for (; compact.length < length; i++) {
    const character = plain[i];
    if (character === undefined) return null;
    if (IS_PART.test(character)) compact += character;
    else if (!/[ .-]/.test(character) || !IS_PART.test(plain[i + 1] ?? '')) return null;
  }
  if (IS_PART.test(plain[i] ?? '')) return null;
  return mod97(compact.toUpperCase()) === 1 ? i : null;
}
