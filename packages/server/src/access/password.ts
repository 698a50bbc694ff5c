/** Which passwords are accepted. Length beats character classes (NIST SP 800-63B); guessable ones are named as such. */
import { PASSWORD_MIN, Refusal } from '@groundswell/contract';

/** Letters that must be left of a password once the words that anybody would try first are taken out. */
const OWN_PART_MIN = 6;
const DISTINCT_MIN = 5;

export function mustBeStrong(password: string, person: { name: string; email: string }): void {
  const why = weakness(password, person);
  if (why) throw new Refusal('access.weak_password', `This password ${why} Nothing was saved; choose another.`);
}

/** Why it is refused, as the end of a sentence, or null. */
export function weakness(password: string, { name, email }: { name: string; email: string }): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  const letters = [...plain];
  if (letters.length < PASSWORD_MIN) return `is too short: it needs ${PASSWORD_MIN} characters or more.`;
  if (new Set(letters).size < DISTINCT_MIN || isRepeated(plain)) return 'repeats itself.';
  if (isCounting(letters)) return 'only counts up or down.';
  const own = withoutKnownWords(plain, name, email);
  if (own !== plain && [...own].filter((letter) => /\p{L}/u.test(letter)).length < OWN_PART_MIN) {
    return 'is made of your name, your mail address or "groundswell".';
  }
  return null;
}

/** One piece, three times or more, the last perhaps cut off: "abcabcabcab". */
function isRepeated(plain: string): boolean {
  for (let piece = 1; piece * 3 <= plain.length + piece - 1; piece++) {
    if (
      plain ===
      plain
        .slice(0, piece)
        .repeat(Math.ceil(plain.length / piece))
        .slice(0, plain.length)
    )
      return true;
  }
  return false;
}

/** "123456789012", "zyxwvutsrqpo": every step but one or two (where digits start again) is the same. */
function isCounting(letters: readonly string[]): boolean {
  const codes = letters.map((letter) => letter.codePointAt(0)!);
  const steps = codes.slice(1).map((code, i) => code - codes[i]!);
  return [1, -1].some((step) => steps.filter((s) => s === step).length >= steps.length - 2);
}

function withoutKnownWords(plain: string, name: string, email: string): string {
  const parts = [email, ...email.split(/[@.+_-]/), name, ...name.split(/\s+/), 'groundswell'];
  const words = parts.map((word) => word.normalize('NFKC').toLowerCase()).filter((word) => word.length >= 3);
  return words.sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ''), plain);
}
