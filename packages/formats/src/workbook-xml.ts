/** The XML of a workbook while it streams: elements by their local names, words with their entities resolved. */
import { TextDecoder } from 'node:util';
import { Parser } from 'saxen';
import { damagedWorkbook } from './zip.ts';

export interface XmlReader {
  open?(name: string, attributes: () => Record<string, string>): void;
  /** Text in pieces, as it comes. */
  text?(words: string): void;
  close?(name: string): void;
}

/** A tag or a text longer than this is no cell: Excel ends at 32,767 characters. */
const TOKEN_MAX = 2 * 1024 ** 2;
const LEVELS_MAX = 200;

/** So much is read at a time: a small cell may point to a long text, and what all of them say is held until it is taken. */
const STEP = 16 * 1024;

/**
 * Reads XML; returns after every step, so that what was found can be given out.
 * @throws Unreadable when it is broken or cut off; `reader` has then heard all that came before
 */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, reader: XmlReader): AsyncGenerator<void> {
  const xml = new XmlStream(reader);
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    for (let at = 0; at < text.length; at += STEP) {
      xml.write(text.slice(at, at + STEP));
      yield;
    }
  }
  if (!decoder) return;
  xml.end(decoder.decode());
  yield;
}

/** Reads all of it before anything else goes on. */
export async function readWholeXml(bytes: AsyncIterable<Uint8Array>, reader: XmlReader): Promise<void> {
  const steps = readXml(bytes, reader);
  while (!(await steps.next()).done);
}

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
};

class XmlStream {
  readonly #parser = new Parser();
  #broken = false;
  #level = 0;
  #heard = 0;
  #unheard = 0;

  constructor(reader: XmlReader) {
    const hear = (does: () => void) => {
      this.#heard += 1;
      if (!this.#broken) does();
    };
    this.#parser
      .on('openTag', (name, attributes) =>
        hear(() => {
          this.#level += 1;
          if (this.#level > LEVELS_MAX) this.#broken = true;
          reader.open?.(localName(name), attributes);
        }),
      )
      .on('closeTag', (name) =>
        hear(() => {
          this.#level -= 1;
          reader.close?.(localName(name));
        }),
      )
      .on('text', (words) => hear(() => reader.text?.(resolved(words))))
      .on('cdata', (words) => hear(() => reader.text?.(words)))
      .on('error', () => {
        this.#broken = true;
      });
  }

  write(xml: string): void {
    const before = this.#heard;
    this.#parser.write(xml);
    this.#unheard = this.#heard === before ? this.#unheard + xml.length : 0;
    if (this.#broken || this.#unheard > TOKEN_MAX) throw damagedWorkbook();
  }

  end(xml: string): void {
    if (xml) this.write(xml);
    this.#parser.end();
    if (this.#broken || this.#level > 0) throw damagedWorkbook();
  }
}

const localName = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @example resolved('a &lt; b &#x1F600;'); // 'a < b 😀' */
function resolved(words: string): string {
  if (!words.includes('&')) return words;
  return words.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[name] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  });
}
