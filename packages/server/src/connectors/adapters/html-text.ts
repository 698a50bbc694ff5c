/**
 * The words of a piece of HTML, for keeping and comparing: never for showing as HTML again. One pass, no nesting is
 * followed, so that no input takes longer than its length. Quoted parts (`blockquote`) get "> " before each line. Pure.
 */

const READ_MAX = 200_000;
/** A tag whose end is farther away is none. */
const TAG_MAX = 4_000;
const BLOCKS = new Set(
  'address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const UNSEEN = new Set(['script', 'style', 'head', 'title', 'noscript', 'template', 'svg', 'iframe', 'object']);
const TAG = /<(\/?)([a-z][a-z0-9]*)/iy;

export function htmlText(html: string): string {
  const source = html.slice(0, READ_MAX);
  const lower = source.toLowerCase(); // searched in, never shown
  const lines = new Lines();
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    lines.say(source.slice(at, open < 0 ? source.length : open));
    if (open < 0) break;
    at = afterTag(source, lower, open, lines);
  }
  return lines.text();
}

/** Where to read on after the "<" at `open`. */
function afterTag(source: string, lower: string, open: number, lines: Lines): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4);
  if (source[open + 1] === '!' || source[open + 1] === '?') return after(source, '>', open + 1);
  TAG.lastIndex = open;
  const [, closing, said] = TAG.exec(source) ?? [];
  if (said === undefined) {
    lines.say('<');
    return open + 1;
  }
  const name = said.toLowerCase();
  const end = endOfTag(source, open + 1 + said.length);
  if (BLOCKS.has(name)) lines.end();
  if (name === 'p' || name === 'blockquote') lines.gap();
  if (name === 'blockquote') lines.quote(closing ? -1 : 1);
  if (closing || !UNSEEN.has(name)) return end;
  const close = lower.indexOf(`</${name}`, end);
  return close < 0 ? source.length : endOfTag(source, close + 2 + name.length);
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

/** A ">" within quotes does not end a tag; a quote that is never closed does not hide the rest of the text. */
function endOfTag(source: string, from: number): number {
  const most = Math.min(source.length, from + TAG_MAX);
  let quote = '';
  let first = -1;
  for (let i = from; i < most; i++) {
    const letter = source[i]!;
    if (letter === '>' && first < 0) first = i;
    if (letter === '>' && quote === '') return i + 1;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
  }
  return first < 0 ? most : first + 1;
}

class Lines {
  private readonly done: string[] = [];
  private line = '';
  private depth = 0;

  say(text: string): void {
    if (text !== '') this.line += decodeEntities(text).replace(/[\s\u00a0]+/g, ' ');
  }

  end(): void {
    const line = this.line.trim();
    this.line = '';
    if (line !== '') this.done.push(this.depth > 0 ? `> ${line}` : line);
  }

  gap(): void {
    if (this.done.length > 0 && this.done.at(-1) !== '') this.done.push('');
  }

  quote(by: 1 | -1): void {
    this.depth = Math.max(0, this.depth + by);
  }

  text(): string {
    this.end();
    return this.done.join('\n').trim();
  }
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwnj: '\u200c',
  zwj: '\u200d',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  sbquo: '‚',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  bull: '•',
  middot: '·',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  deg: '°',
  times: '×',
  iexcl: '¡',
  iquest: '¿',
  szlig: 'ß',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  igrave: 'ì',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  oslash: 'ø',
  ugrave: 'ù',
  uacute: 'ú',
  ucirc: 'û',
  yacute: 'ý',
  Agrave: 'À',
  Aacute: 'Á',
  Acirc: 'Â',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ecirc: 'Ê',
  Ntilde: 'Ñ',
  Oacute: 'Ó',
  Oslash: 'Ø',
  Uacute: 'Ú',
  Aring: 'Å',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
};

const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
        if (name) return NAMED[name] ?? whole;
        const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      })
    : text;
