import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Backtest, type Known, type Past, backtest as replayPast } from '@groundswell/analytics';
import { aboveZero, readItems } from './detect.ts';

const HELP = `groundswell backtest SIGNALS.jsonl [options]

Reads a past period once more and says what the engine would have told with other settings, beside what it tells with
the settings in force. Each line of SIGNALS is a signal as "groundswell detect" reads it.

  --issues FILE                what became issues, as JSON lines: id, signalIds, and actedAt where a person did something
  --from TIME                  from when on alerts count; what lies before is read to learn from (default: the first signal)
  --to TIME                    until when (default: the last signal)
  --false-alerts-per-week N    the setting to try (default 1)
  --shift NATS                 what to add to its threshold (default 0)
  --in-force N                 the false alerts a week that are set now (default 1)
  --json                       the whole answer as one JSON object, with every alert
  --help                       this text

An alert belongs to the issue with which it shares most signals, if these are three at least and a third of its own.
The lead is the time from the first alert of an issue to the first thing that a person did, for issues that say when.
`;

interface Options {
  readonly signals: string;
  readonly issues: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly tried: { readonly falseAlertsPerWeek: number; readonly shift: number };
  readonly inForce: { readonly falseAlertsPerWeek: number };
  readonly json: boolean;
}

/**
 * `groundswell backtest`: what other settings would have told of a past.
 *
 * @param args what stands behind `backtest` on the command line
 * @returns    exit code: 0 done, 1 a file cannot be read, 2 wrong usage
 *
 * @example
 * await backtest(['signals.jsonl', '--false-alerts-per-week', '0.2']);
 */
export async function backtest(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  try {
    const known = options.issues === undefined ? [] : await readIssues(options.issues);
    const { items, bad } = await readItems(options.signals, Infinity);
    console.error(`${items.length} signals read, ${bad} bad lines`);
    const past: Past = { items, from: options.from, to: options.to, known };
    const tried = replayPast(past, options.tried);
    const inForce = replayPast(past, options.inForce);
    console.log(options.json ? JSON.stringify({ tried, inForce }) : said(options, tried, inForce));
    return 0;
  } catch (fault) {
    if (!(fault instanceof BadFile) && !(fault instanceof Error && 'code' in fault)) throw fault;
    console.error(`backtest: ${fault.message}`);
    return 1;
  }
}

/** A file of issues that cannot be read; the message says where and why. */
class BadFile extends Error {}

function optionsOf(args: string[]): Options | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        issues: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        'false-alerts-per-week': { type: 'string', default: '1' },
        shift: { type: 'string', default: '0' },
        'in-force': { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [signals] = positionals;
    if (signals === undefined || positionals.length > 1) throw new TypeError('one file of signals is needed');
    const shift = Number(values.shift);
    if (!Number.isFinite(shift)) throw new TypeError(`--shift must be a number, got "${values.shift}"`);
    const falseAlertsPerWeek = aboveZero('--false-alerts-per-week', values['false-alerts-per-week']);
    return {
      signals,
      issues: values.issues,
      from: timeOf('--from', values.from) ?? -Infinity,
      to: timeOf('--to', values.to) ?? Infinity,
      tried: { falseAlertsPerWeek, shift },
      inForce: { falseAlertsPerWeek: aboveZero('--in-force', values['in-force']) },
      json: values.json,
    };
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    console.error(`backtest: ${fault.message}\n\n${HELP}`);
    return 2;
  }
}

function timeOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = new Date(text).getTime();
  if (!Number.isFinite(at)) throw new TypeError(`${name} must be a time like 2026-01-05, got "${text}"`);
  return at;
}

async function readIssues(path: string): Promise<Known[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [issueOf(line, `${path}, line ${i + 1}`)]));
}

function issueOf(line: string, where: string): Known {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new BadFile(`${where} is not JSON. Nothing was replayed.`);
  }
  if (typeof row !== 'object' || row === null)
    throw new BadFile(`${where} is not a JSON object. Nothing was replayed.`);
  const { id, signalIds, actedAt = null }: { id?: unknown; signalIds?: unknown; actedAt?: unknown } = row;
  const at = actedAt === null ? null : new Date(String(actedAt)).getTime();
  if (id === undefined || !Array.isArray(signalIds) || Number.isNaN(at)) {
    throw new BadFile(`${where} needs an id, signalIds, and a time as actedAt if any. Nothing was replayed.`);
  }
  return { id: String(id), items: signalIds.map(String), actedAt: at };
}

function said({ tried, inForce, issues }: Options, would: Backtest, does: Backtest): string {
  const rows = would.told.map(({ at, label, slice, items, known }) => {
    const where = slice ? ` [${Object.values(slice).join(', ')}]` : '';
    const became = known === null ? '' : ` → ${known}`;
    return `  ${new Date(at).toISOString()}  ${String(items.length).padStart(5)}  ${label}${where}${became}`;
  });
  const sentence = (outcome: Backtest) => sentenceOf(outcome, issues !== undefined);
  return [
    `At ${tried.falseAlertsPerWeek} false alerts a week${tried.shift ? ` and a shift of ${tried.shift}` : ''}: ${sentence(would)}`,
    `In force, ${inForce.falseAlertsPerWeek} a week: ${sentence(does)}`,
    ...(rows.length > 0 ? ['', 'When, signals, topic:', ...rows] : []),
  ].join('\n');
}

function sentenceOf({ told, matched, found, lead }: Backtest, withIssues: boolean): string {
  const times = `would have alerted ${told.length} ${told.length === 1 ? 'time' : 'times'}`;
  if (!withIssues) return `${times}.`;
  const became = `${times}, ${matched} of them became issues (${found} different ones)`;
  if (lead === null) return `${became}; no lead can be said, because none of these says when a person acted.`;
  const range = lead.range ? `95 % range ${hours(lead.range[0])} to ${hours(lead.range[1])}, ` : '';
  return `${became}, median lead over the first human action ${hours(lead.median)} (${range}n = ${lead.n}).`;
}

const hours = (ms: number): string => `${(ms / 3_600_000).toFixed(1)} h`;
