/** Imports over HTTP. */
import { Readable } from 'node:stream';
import type { ImportView } from '@groundswell/contract';
import * as endpoints from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { cancelImport, startImport } from './import.actions.ts';
import { listImports, listRefusals, loadImport } from './import.store.ts';
import { type Import, openMoves, secondsLeft } from './import.ts';
import { sampleOf } from './import-file.ts';
import { tryImport } from './import-try.actions.ts';
import { uploadImport } from './import-upload.actions.ts';
import { downloadRefused } from './refused-download.actions.ts';

/** The replay of old rows belongs to a slice above: whoever puts the house together says where it is read. */
export type HistoryOf = (
  db: Db,
  importIds: readonly string[],
) => Promise<ReadonlyMap<string, NonNullable<ImportView['history']>>>;

const noHistory: HistoryOf = async () => new Map();

export function importRoutes(app: App, tools: Tools, { historyOf = noHistory }: { historyOf?: HistoryOf } = {}): void {
  const views = async (actor: Actor, imports: readonly Import[]) => {
    const ids = imports.map(({ id }) => id);
    const history = ids.length > 0 ? await tools.db.as(actor, (db) => historyOf(db, ids)) : new Map();
    return imports.map((one) => view(one, history.get(one.id) ?? null));
  };
  /** With its first rows for whoever has not mapped the columns yet: only they see it then. */
  const viewOf = async (actor: Actor, one: Import) => {
    const [seen] = await views(actor, [one]);
    return { ...seen!, sample: one.state === 'uploaded' ? await sampleOf(tools.files, one) : [] };
  };

  app.route({
    ...route(endpoints.uploadImport),
    handler: async ({ actor, query, body, headers }) => {
      const said = Number(headers['content-length']);
      const upload = { fileName: query.fileName, body, ...(Number.isFinite(said) && { bytes: said }) };
      return viewOf(actor, await uploadImport(tools, actor, upload));
    },
  });

  app.route({
    ...route(endpoints.tryImport),
    handler: ({ actor, params, body }) => tryImport(tools, actor, params.id, body),
  });

  app.route({
    ...route(endpoints.startImport),
    handler: async ({ actor, params, body }) => viewOf(actor, await startImport(tools, actor, params.id, body)),
  });

  app.route({
    ...route(endpoints.cancelImport),
    handler: async ({ actor, params }) => viewOf(actor, await cancelImport(tools, actor, params.id)),
  });

  app.route({
    ...route(endpoints.readImport),
    handler: async ({ actor, params }) =>
      viewOf(actor, await tools.db.as(actor, (db) => loadImport(db, actor, params.id))),
  });

  app.route({
    ...route(endpoints.listImports),
    async handler({ actor }) {
      const imports = await views(actor, await tools.db.as(actor, (db) => listImports(db, actor)));
      return { imports };
    },
  });

  refusedRoutes(app, tools);
}

/** What became of the rows that were not taken: a list to look at, and a file to mend. */
function refusedRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(endpoints.listRefusedRows),
    handler: ({ actor, params, query }) =>
      tools.db.as(actor, async (db) => {
        await loadImport(db, actor, params.id); // of an import that is not theirs a token is told nothing
        const rows = await listRefusals(db, params.id, query);
        return { rows, next: rows.length === query.limit ? rows.at(-1)!.row : null };
      }),
  });

  app.route({
    ...route(endpoints.downloadRefusedRows),
    async handler({ actor, params }, reply) {
      const { fileName, text } = await downloadRefused(tools, actor, params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(fileName))
        .header('cache-control', 'no-store')
        .send(Readable.from(text, { objectMode: false }));
    },
  });
}

/** Plain letters for every client, and the name itself for those that read RFC 6266. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w .()-]/g, '_');
  const whole = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

function view(one: Import, history: ImportView['history']): ImportView {
  const { preview, state } = one;
  return {
    id: one.id,
    state,
    fileName: one.fileName,
    format: preview.form.format,
    packed: Boolean(preview.form.packed),
    doubt: preview.form.doubt ?? null,
    knownExport: preview.knownExport ?? null,
    fileKeptUntil: one.fileGone ? null : (one.fileKeptUntil?.toISOString() ?? null),
    createdAt: one.createdAt.toISOString(),
    finishedAt: one.finishedAt?.toISOString() ?? null,
    sourceId: one.sourceId,
    sourceName: one.sourceName,
    columns: [...preview.columns],
    sample: [],
    suggested: preview.suggested,
    mapping: one.mapping,
    progress: {
      rowsRead: one.rowsRead,
      bytesRead: one.fileBytesRead,
      bytesTotal: one.fileBytes,
      added: one.added,
      revised: one.revised,
      unchanged: one.unchanged,
      refused: one.refused,
      rowsPerSecond: state === 'running' ? one.rowsPerSecond : null,
      secondsLeft: secondsLeft(one),
    },
    history,
    error: one.error,
    can: openMoves(one),
  };
}
