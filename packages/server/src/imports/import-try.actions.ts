/** The first rows of a file as intake would judge them. Nothing is kept. */
import type { Mapping, RefusedRow, ReplyOf, tryImport as tryEndpoint } from '@groundswell/contract';
import type { RowOrFault } from '@groundswell/formats';
import { type Actor, mustBeOwnSource, mustHave } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { type Tried, trySignals } from '../signals/index.ts';
import { loadImport } from './import.store.ts';
import { mustHaveFile } from './import.ts';
import { judge } from './import-chunk.actions.ts';
import { asRefusal, contentOf, rowsOf } from './import-file.ts';
import { mustBeComplete } from './import-mapping.ts';
import { type RowRead, readerFor } from './import-row.ts';

/** Whichever comes first: a person waits for the answer. */
const ROWS_TRIED = 5_000;
const TRIED_FOR_MS = 3_000;
const ROWS_AT_ONCE = 250;
const REFUSED_SHOWN = 100;
const ROWS_SHOWN = 10;
const LANGUAGES_SHOWN = 20;
const TEXT_SHOWN = 500;

type Trial = ReplyOf<typeof tryEndpoint>;

export async function tryImport(
  tools: Tools,
  actor: Actor,
  id: string,
  { sourceId, mapping }: { sourceId: string; mapping: Mapping },
): Promise<Trial> {
  mustHave(actor, 'import.run');
  mustBeOwnSource(actor, sourceId);
  const one = await tools.db.as(actor, (db) => loadImport(db, actor, id));
  mustHaveFile(one);
  mustBeComplete(mapping, one.preview.columns);
  const source = rowsOf(contentOf(tools.files, one));
  const run = new Run(source.rows, readerFor(mapping, one.preview), tools.clock.now());
  try {
    return report(run, await trySignals(tools, actor, sourceId, run.batches()));
  } finally {
    source.close();
  }
}

/** Reads on until there are enough rows or the time is up. */
class Run {
  rows = 0;
  whole = false;
  /** Rows that cannot even be read as a signal. */
  readonly refused: RefusedRow[] = [];
  readonly #source: AsyncIterable<RowOrFault>;
  readonly #read: RowRead;
  readonly #now: Date;
  readonly #until = performance.now() + TRIED_FOR_MS;

  constructor(source: AsyncIterable<RowOrFault>, read: RowRead, now: Date) {
    this.#source = source;
    this.#read = read;
    this.#now = now;
  }

  async *batches() {
    let rows: RowOrFault[] = [];
    try {
      for await (const row of this.#source) {
        rows.push(row);
        const enough = this.rows + rows.length === ROWS_TRIED || performance.now() > this.#until;
        if (!enough && rows.length < ROWS_AT_ONCE) continue;
        yield this.#judge(rows);
        rows = [];
        if (enough || performance.now() > this.#until) return;
      }
      this.whole = true;
    } catch (error) {
      if (this.rows + rows.length === 0) throw asRefusal(error); // else what came before the mistake is what there is
    }
    if (rows.length > 0) yield this.#judge(rows);
  }

  #judge(rows: readonly RowOrFault[]) {
    this.rows += rows.length;
    const { taken, refused } = judge(rows, this.#read, this.#now);
    this.refused.push(...refused);
    return taken;
  }
}

function report({ rows, whole, refused }: Run, tried: Tried): Trial {
  const { added, revised, unchanged, kept, redacted } = tried;
  const no = [...refused, ...tried.refused].sort((a, b) => a.row - b.row);
  const times = kept.map(({ draft }) => draft.at.getTime()).sort((a, b) => a - b);
  const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    rows,
    whole,
    added,
    revised,
    unchanged,
    refused: no.length,
    refusedRows: no.slice(0, REFUSED_SHOWN),
    redacted,
    languages: byLanguage(kept.map(({ draft }) => draft.language)),
    from: iso(times[0]),
    to: iso(times.at(-1)),
    sample: kept.slice(0, ROWS_SHOWN).map(({ row, draft: { at, title, text } }) => ({
      row,
      at: at.toISOString(),
      title,
      text: text.slice(0, TEXT_SHOWN).toWellFormed(),
    })),
  };
}

function byLanguage(languages: readonly (string | null)[]): Trial['languages'] {
  const counts = new Map<string | null, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  const all = [...counts].map(([language, rows]) => ({ language, rows }));
  return all.sort((a, b) => b.rows - a.rows).slice(0, LANGUAGES_SHOWN);
}
