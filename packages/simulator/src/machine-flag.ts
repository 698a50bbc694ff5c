/** What machines say: terse, in English, each detector in its own way. */
import type { Chance } from './random.ts';

const MODELS = ['vision-guard', 'speech-guard', 'text-guard', 'pair-hash', 'burst-watch', 'graph-watch', 'minor-guess'];
const PLACES = ['frame', 'second', 'line', 'comment', 'reply', 'segment'];
const NEXT = [
  'queued for review',
  'held back from the feed',
  'shown to followers only',
  'left as it is',
  'sent to a second model',
  'waits for a person',
];
const WHY = [
  'score above its limit',
  'three models agree',
  'reports came quickly',
  'like a known case',
  'sudden rise of shares',
  'two models disagree',
  'appeal of an older case',
];

/**
 * A flag about a thing of a category.
 * @example
 * flagOf('dangerous_acts.viral_challenge', new Chance(1)); // 'vision-guard 4.2: dangerous acts viral challenge …'
 */
export function flagOf(category: string, chance: Chance): string {
  const what = category.replaceAll(/[._]/g, ' ');
  const score = (0.55 + 0.44 * chance.next()).toFixed(3);
  const model = `${chance.pick(MODELS)} ${chance.between(2, 6)}.${chance.between(0, 9)}`;
  const where = `${chance.pick(PLACES)} ${chance.between(1, 240)}`;
  const item = chance.between(10 ** 9, 10 ** 10).toString(36);
  switch (chance.below(5)) {
    case 0:
      return `${model}: ${what} at ${where} of ${item}, score ${score}; ${chance.pick(WHY)}, ${chance.pick(NEXT)}.`;
    case 1:
      return `${item} ${chance.pick(NEXT)} after ${chance.between(3, 90)} reports (${what}); ${model} gave ${score}.`;
    case 2:
      return `Possible ${what}. ${chance.pick(WHY)}: ${item}, ${where}, ${model}.`;
    case 3:
      return `${chance.between(2, 40)} uploads like ${item} within ${chance.between(1, 23)} h, ${what} suspected by ${model}; ${chance.pick(NEXT)}.`;
    default:
      return `${what} | ${score} | ${where} | ${chance.pick(WHY)} | ${model}`;
  }
}
