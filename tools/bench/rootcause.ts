/**
 * Explains every instance of a directory: npm run bench:rootcause -- --data DIR --out ANSWERS.jsonl [--only SET,SET] [--kinds] [--wrong]
 *
 * DIR holds `index.jsonl`; the answers go out as JSON lines {dataset, instance, rootCauses, ms}. Where `labels.jsonl` lies
 * beside, a table per set is printed (and per kind of T with --kinds). ms is encoding and explaining; reading the file is not in it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { type Condition, encodeColumn, explainEvents, explainTable } from '../../packages/analytics/src/index.ts';
import { readTable, type TextTable } from '../../packages/cli/src/explain-table.ts';
import { addTo, type Element, judge, type Label, lineOf, type Tally } from './rootcause-score.ts';

interface Instance {
  readonly dataset: string;
  readonly instance: string;
  readonly file: string;
  readonly type: 'events' | 'metric' | 'ratio';
  readonly attributes: readonly string[];
  readonly exposure?: string;
  readonly baseline?: readonly [number, number];
  readonly window?: readonly [number, number];
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string' },
    kinds: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
  },
});
if (!values.data || !values.out) {
  console.error(
    'usage: npm run bench:rootcause -- --data DIR --out ANSWERS.jsonl [--only SET,SET] [--kinds] [--wrong]',
  );
  process.exit(2);
}
const linesOf = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

const directory = values.data;
const only = values.only?.split(',');
const instances = linesOf<Instance>(join(directory, 'index.jsonl')).filter(
  ({ dataset }) => !only || only.includes(dataset),
);
const labelled = join(directory, 'labels.jsonl');
const labels = new Map(
  (existsSync(labelled) ? linesOf<Label>(labelled) : []).map((label) => [`${label.dataset} ${label.instance}`, label]),
);
const tallies = new Map<string, Tally>();
const answers: string[] = [];
for (const instance of instances) {
  const table = await readTable(join(directory, instance.file));
  const exposure = instance.exposure ? await readTable(join(directory, instance.exposure)) : null;
  const begun = performance.now();
  const rootCauses = answer(instance, table, exposure);
  const ms = performance.now() - begun;
  answers.push(JSON.stringify({ dataset: instance.dataset, instance: instance.instance, rootCauses, ms }));
  const label = labels.get(`${instance.dataset} ${instance.instance}`);
  if (label) tell(instance, label, rootCauses, table, ms);
}
writeFileSync(values.out, `${answers.join('\n')}\n`);
for (const [group, tally] of [...tallies].sort()) console.log(lineOf(group, tally));

function tell(instance: Instance, label: Label, said: readonly Element[], table: TextTable, ms: number): void {
  const verdict = judge(said, label, instance.type === 'events' ? table.columns : null);
  const isNone = label.rootCauses.length === 0;
  addTo(tallies, instance.dataset, verdict, isNone, ms);
  if (values.kinds && label.kind) addTo(tallies, `${instance.dataset} ${label.kind}`, verdict, isNone, ms);
  if (values.wrong && (verdict.wrong > 0 || verdict.missed > 0))
    console.log(
      instance.instance,
      label.kind ?? '',
      'said',
      JSON.stringify(said),
      'is',
      JSON.stringify(label.rootCauses),
    );
}

function metricOf({ attributes, type }: Instance, table: TextTable) {
  const numbers = (name: string) => Float64Array.from(table.columns.get(name) ?? [], Number);
  const columns = attributes.map((name) => encodeColumn(name, table.columns.get(name) ?? []));
  if (type === 'metric') return { columns, real: numbers('real'), predict: numbers('predict') };
  const denominator = { real: numbers('real_b'), predict: numbers('predict_b') };
  return { columns, real: numbers('real_a'), predict: numbers('predict_a'), denominator };
}

function answer(instance: Instance, table: TextTable, exposure: TextTable | null): Element[] {
  const column = (from: TextTable, name: string) => encodeColumn(name, from.columns.get(name) ?? []);
  const numbers = (from: TextTable, name: string) => Float64Array.from(from.columns.get(name) ?? [], Number);
  if (instance.type !== 'events') {
    const { slices } = explainTable(metricOf(instance, table));
    return slices.map(({ conditions }) => elementOf(conditions));
  }
  const [baseline, window] = [periodOf(instance.baseline), periodOf(instance.window)];
  const rows = {
    at: numbers(table, 'ts').map((s) => s * 1000),
    columns: instance.attributes.map((name) => column(table, name)),
  };
  const users = exposure && {
    columns: exposure.names.filter((name) => instance.attributes.includes(name)).map((name) => column(exposure, name)),
    base: numbers(exposure, 'exposure_base'),
    current: numbers(exposure, 'exposure_cur'),
  };
  const { slices } = explainEvents(rows, { baseline, window, ...(users && { exposure: users }) });
  return slices.map(({ conditions }) => elementOf(conditions));
}

function periodOf(seconds: readonly [number, number] | undefined) {
  return { from: (seconds?.[0] ?? 0) * 1000, to: (seconds?.[1] ?? 0) * 1000 };
}

function elementOf(conditions: readonly Condition[]): Element {
  return Object.fromEntries(
    conditions.map(({ dimension, values: all }) => [dimension, all.length === 1 ? all[0]! : all]),
  );
}
