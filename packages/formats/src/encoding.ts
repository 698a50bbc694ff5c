/** In which encoding a text is, told from its first bytes. */
import { TextDecoder } from 'node:util';
import type { Encoding } from './units.ts';
import { Unreadable } from './unreadable.ts';

export interface Guess {
  readonly encoding: Encoding;
  /** In words, when nothing speaks for any encoding: what will be wrong, and what to do. */
  readonly doubt: string | null;
}

/** A text has control characters by accident at most; more than this share of them is a picture, a program, a database. */
const CONTROL_SHARE_MAX = 0.02;
const NO_TEXT = 'The file is not a text: it cannot be read as CSV or JSON Lines. Export the data in one of these.';
const DOUBT =
  'The encoding of the file is not known, so letters beyond A to Z may be shown as �. Save it as UTF-8 and import it again.';

/** @throws Unreadable for what is no text */
export function encodingOf(head: Uint8Array): Guess {
  const sure = (encoding: Encoding): Guess => ({ encoding, doubt: null });
  if (head[0] === 0xff && head[1] === 0xfe) return sure('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return sure('utf-16be');
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return sure('utf-8');
  const wide = wideWithoutMark(head);
  if (wide) return sure(wide);
  const control = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  if (control > head.length * CONTROL_SHARE_MAX) throw new Unreadable(NO_TEXT);
  if (looksLikeUtf8(head)) return sure('utf-8');
  const old = oldEncoding(head);
  return old ? sure(old) : { encoding: 'utf-8', doubt: DOUBT };
}

/** Private letters, and what is none: texts in another encoding are full of them when they are read as UTF-16. */
const STRANGE = /\p{Co}|\p{Cn}|\uFFFD/u;

/** UTF-16 without its mark: of delimiters and line ends every second byte is zero, always on the same side. */
function wideWithoutMark(head: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  const many = Math.max(4, head.length * 0.02);
  if (Math.max(even, odd) < many || Math.min(even, odd) > Math.max(even, odd) / 5) return null;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1), { stream: true });
  const strange = [...text].filter((letter) => letter < '\t' || STRANGE.test(letter)).length;
  return strange > text.length * CONTROL_SHARE_MAX ? null : encoding;
}

/** A few wrong bytes do not make a UTF-8 file another one; a file in which most are wrong is not UTF-8. */
function looksLikeUtf8(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head, { stream: true }); // `stream`: the cut at the end is no mistake
  let wrong = 0;
  let right = 0;
  for (const letter of text) {
    if (letter === '\uFFFD') wrong += 1;
    else if (letter > '\u007F') right += 1;
  }
  return wrong <= right / 10;
}

/** The most frequent letters: six of an alphabet are two fifths of any text in it, and of other texts read by it less. */
const COMMON = {
  cyrillic: 'оеаинтОЕАИНТ',
  arabic: 'اليمنو',
  chinese:
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运店订单款退付发货账户',
} as const;

/** Share of the letters beyond ASCII that are common ones. */
function commonShare(text: string, common: string): number {
  let all = 0;
  let found = 0;
  for (const letter of text) {
    if (letter <= '\u007F') continue;
    all += 1;
    if (common.includes(letter)) found += 1;
  }
  return found / Math.max(1, all);
}

const shareOf = (text: string, pattern: RegExp): number =>
  (text.match(pattern)?.length ?? 0) / Math.max(1, text.match(/[\u0080-\u{10FFFF}]/gu)?.length ?? 0);

/** Null where nothing is likely enough. */
function oldEncoding(head: Uint8Array): Encoding | null {
  if (shareInRuns(head) < 0.4) return 'windows-1252'; // accents stand between letters; other scripts come in runs
  const japanese = decoded(head, 'shift_jis');
  if (japanese && shareOf(japanese, /[ぁ-んァ-ヶー]/gu) > 0.25) return 'shift_jis';
  const korean = decoded(head, 'euc-kr');
  if (korean && shareOf(korean, /[가-힣]/gu) > 0.85) return 'euc-kr';
  const chinese = decoded(head, 'gb18030');
  if (chinese && commonShare(chinese, COMMON.chinese) > 0.35) return 'gb18030';
  const russian = commonShare(decoded(head, 'windows-1251') ?? '', COMMON.cyrillic);
  const arabic = commonShare(decoded(head, 'windows-1256') ?? '', COMMON.arabic);
  if (Math.max(russian, arabic) < 0.35) return null;
  return russian >= arabic ? 'windows-1251' : 'windows-1256';
}

/** Share of the bytes beyond ASCII that stand three and more in a row. */
function shareInRuns(head: Uint8Array): number {
  let all = 0;
  let inRuns = 0;
  let run = 0;
  for (const byte of [...head, 0]) {
    if (byte >= 0x80) run += 1;
    else {
      all += run;
      if (run >= 3) inRuns += run;
      run = 0;
    }
  }
  return inRuns / Math.max(1, all);
}

/** Null when one in a hundred letters and more is none in this encoding. */
function decoded(head: Uint8Array, encoding: Encoding): string | null {
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  return shareOf(text, /\uFFFD/g) > 0.01 ? null : text;
}
