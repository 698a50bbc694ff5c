/** Whether a JSON text holds one object per line, or one list of objects: told from its first bytes. */
import { Unreadable } from './unreadable.ts';

/** Lists of an answer that hold what goes with the rows, not the rows. */
const BESIDE = /^(included|users|organizations|groups|metric_sets|metric_events|errors|links|tags|admins|teams)$/;
/** Whether the list under this name is the one that is wanted. */
export const isWanted = (key: string): boolean => !BESIDE.test(key);

/** Names of the list in answers that we know, and those that people give. Only they make a *line* a list. */
const LISTS =
  /^(tickets|conversations|reviews|data|results|items|records|rows|entries|messages|comments|value|hits|events|reports|signals|feedbacks?|posts|list|documents|subjectStatuses|statuses|jobs)$/;

const TO_LINES = 'Save it with one object per line (JSON Lines), for example: jq -c ".[]" file.json > file.jsonl';

/**
 * @returns null when the text is no JSON
 * @throws Unreadable for JSON that holds no rows
 */
export function jsonShape(text: string): 'lines' | 'list' | null {
  const first = text.trimStart();
  if (/^\[\s*(\{|$)/.test(first)) return 'list';
  if (/^\[\s*\]\s*$/.test(first)) throw new Unreadable('The file is an empty list. There was nothing to import.');
  if (/^\[\s*[["\]]/.test(first)) throw new Unreadable(`The file is a JSON list, but not one of objects. ${TO_LINES}`);
  if (!first.startsWith('{')) return null;
  const lines = first.split('\n');
  const whole = objectOf(lines[0]!);
  if (whole) return Object.entries(whole).some(isList) ? 'list' : 'lines';
  const opened = LIST_OPENED.exec(first);
  const broken = /[[{,]\s*$/.test(lines[0]!);
  if (opened && isWanted(opened[1]!) && (broken || LISTS.test(opened[1]!))) return 'list';
  if (lines.slice(1).some((line) => objectOf(line) !== null) || !broken) return 'lines';
  throw new Unreadable(
    `The file is one JSON object over many lines, and no list of objects was found in it. ${TO_LINES}`,
  );
}

/** The first list of objects that is a member of the object which the text begins with, as far as a pattern can tell. */
const LIST_OPENED = /"([^"\\]{1,64})"\s*:\s*\[\s*\{/;

const isList = ([key, value]: [string, unknown]): boolean =>
  LISTS.test(key) && Array.isArray(value) && value.length > 0 && value.every((one) => one && typeof one === 'object');

function objectOf(line: string): object | null {
  if (!/^\s*\{.*\}\s*$/.test(line)) return null;
  try {
    return JSON.parse(line) as object;
  } catch {
    return null;
  }
}
