/** What the words around a number say of it. */
import { type Cue, cuesInRun, cuesOfWord } from './cue-words.ts';
import { COVER } from './span.ts';

/** Characters before and after a number in which a word still belongs to it. */
const BEFORE = 56;
const AFTER = 28;

const HAS_WORD = /\p{L}/u;
const WORD = /[\p{L}\p{M}]+/gu;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;

/** The number is what was asked for, is something else, or nothing is said. */
export type Verdict = 'yes' | 'no' | 'none';

type Words = readonly (readonly Cue[])[];
const SILENCE: Words = [];

/** Words are read only when somebody asks: most numbers are known by their form to be nothing. */
export class Context {
  private readonly plain: string;
  private readonly start: number;
  private readonly end: number;
  private left: Words | undefined;
  private right: Words | undefined;

  constructor(plain: string, start: number, end: number) {
    this.plain = plain;
    this.start = start;
    this.end = end;
  }

  /** What the nearest word says that has something to say of this; a word before counts more than one after. */
  says(wanted: (cue: Cue) => boolean): Verdict {
    const before = this.saysBefore(wanted);
    return before === 'none' ? nearest(this.after().slice(0, AFTER_REACH), wanted) : before;
  }

  saysBefore(wanted: (cue: Cue) => boolean): Verdict {
    return nearest(this.before(), wanted);
  }

  /** A word directly before it says that it is something else: enough to doubt what form and check have shown. */
  isDenied(wanted: (cue: Cue) => boolean): boolean {
    return nearest(this.before().slice(0, DENIAL_REACH), wanted) === 'no';
  }

  has(cue: Cue): boolean {
    return this.before().some((cues) => cues.includes(cue));
  }

  /** Nearest first. */
  private before(): Words {
    if (!this.left) {
      const from = Math.max(0, this.start - BEFORE);
      const whole = this.plain.slice(from, this.start);
      // A number that was found before this one ends what belongs to it: a word counts for the first number that follows.
      const said = whole.slice(whole.lastIndexOf(COVER) + 1);
      this.left = cuesOf(said, from > 0 && said.length === whole.length).reverse();
    }
    return this.left;
  }

  private after(): Words {
    if (!this.right) {
      const said = this.plain.slice(this.end, this.end + AFTER);
      const stop = said.search(/[\u27e6\u27e7\n]|\d{4}|[.!?;]\s/);
      this.right = cuesOf(stop < 0 ? said : said.slice(0, stop), false);
    }
    return this.right;
  }
}

/** "My number" is a phone; "number" alone is a number of anything. */
const MINE = /^(?:my|our|mein|meine|unsere|mon|notre|mi|nuestro|meu|nosso|मेरा|हमारा)$/;
const NUMBER = /^(?:number|nummer|numéro|numero|número|नंबर|नम्बर)$/;
const PHONE: readonly Cue[] = ['phone'];
/** "NI number"; "ni" alone is a word of other languages. */
const INSURED: readonly Cue[] = ['id:GB'];

function cuesOf(text: string, cut: boolean): (readonly Cue[])[] {
  if (!HAS_WORD.test(text)) return [...SILENCE];
  const found: (readonly Cue[])[] = [];
  let last = '';
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (cut && index === 0) continue; // half a word
    const small = word.toLowerCase();
    if (UNSPACED.test(word)) found.push(cuesInRun(word, false));
    else if (NUMBER.test(small) && MINE.test(last)) found.push(PHONE);
    else if (NUMBER.test(small) && last === 'ni') found.push(INSURED);
    else found.push(cuesOfWord(small));
    last = small;
  }
  return found;
}

/** "id" alone is an id of anything; "tax id" is what "tax" says: two words further decide. */
const WEAK_REACH = 2;
/** A word that says something else counts only so near. */
const NO_REACH = 5;
const DENIAL_REACH = 2;
/** Of the words after a number, only these say what it is. */
const AFTER_REACH = 2;

function nearest(words: Words, wanted: (cue: Cue) => boolean): Verdict {
  let weakAt = -1;
  for (const [i, cues] of words.entries()) {
    if (weakAt >= 0 && i - weakAt > WEAK_REACH) return 'no';
    if (cues.some(wanted)) return 'yes';
    if (cues.includes('weak')) weakAt = weakAt < 0 ? i : weakAt;
    else if (i < NO_REACH && cues.length > 0 && !cues.includes('from')) return 'no';
  }
  return weakAt >= 0 ? 'no' : 'none';
}
