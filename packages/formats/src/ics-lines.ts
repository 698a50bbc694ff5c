/** Content lines of iCalendar (RFC 5545, 3.1): unfolded, taken apart, with the line on which each began. */

export interface ContentLine {
  readonly line: number;
  /** Upper case. */
  readonly name: string;
  /** Upper case name → value without its quotation marks. */
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Folded lines belong together; a longer one is a mistake, not a text. */
const LINE_MAX = 65_536;

const NAME = /^[A-Za-z0-9-]+/;
const PARAM = /^;([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*/;

/** Null in place of what is no content line. */
export function* contentLines(text: string): Generator<ContentLine | { line: number; fault: string }> {
  let [line, start, whole] = [0, 0, ''];
  for (const piece of linesOf(text)) {
    line += 1;
    if (/^[ \t]/.test(piece) && start > 0) {
      if (whole.length <= LINE_MAX) whole += piece.slice(1);
      continue;
    }
    if (start > 0 && whole.trim() !== '') yield parse(whole, start);
    [whole, start] = [piece, line];
  }
  if (start > 0 && whole.trim() !== '') yield parse(whole, start);
}

function* linesOf(text: string): Generator<string> {
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    yield text.slice(from, text[to - 1] === '\r' && to > from ? to - 1 : to);
    from = to + 1;
  }
}

function parse(whole: string, line: number): ContentLine | { line: number; fault: string } {
  if (whole.length > LINE_MAX) return { line, fault: `The line is longer than ${LINE_MAX} characters.` };
  const name = NAME.exec(whole)?.[0];
  if (!name) return { line, fault: 'The line has no name before its colon.' };
  const params = new Map<string, string>();
  let rest = whole.slice(name.length);
  for (let found = PARAM.exec(rest); found; found = PARAM.exec(rest)) {
    params.set(found[1]!.toUpperCase(), found[2]!.replaceAll('"', ''));
    rest = rest.slice(found[0].length);
  }
  if (!rest.startsWith(':')) return { line, fault: `"${name}" is not followed by a colon and a value.` };
  return { line, name: name.toUpperCase(), params, value: rest.slice(1) };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', N: '\n', ',': ',', ';': ';', '\\': '\\' };

export const unescapeText = (value: string): string => value.replace(/\\(.)/g, (all, sign) => ESCAPED[sign] ?? all);

export const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n');

const FOLD_BYTES = 75;

/** At most 75 bytes a line, and no character cut in two. */
export function foldLine(line: string): string {
  let [folded, bytes] = ['', 0];
  for (const sign of line) {
    const size = utf8Bytes(sign.codePointAt(0)!);
    if (bytes + size > FOLD_BYTES) [folded, bytes] = [`${folded}\r\n `, 1];
    folded += sign;
    bytes += size;
  }
  return `${folded}\r\n`;
}

function utf8Bytes(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
