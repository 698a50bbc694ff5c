/** An export that is written in the background. Pure. */
import { EXPORT_HOURS, type ExportList, type ExportView, Refusal } from '@groundswell/contract';

export interface Export {
  readonly id: string;
  readonly list: ExportList;
  /** As it was said; read anew by whoever writes it. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly compartments: readonly string[];
  readonly world: number | null;
  readonly covered: boolean;
  readonly bom: boolean;
  readonly state: ExportView['state'];
  readonly total: number;
  readonly rows: number;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly draft: string | null;
  readonly problem: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date;
}

export const expiryFrom = (at: Date): Date => new Date(at.getTime() + EXPORT_HOURS * 3_600_000);

export const viewExport = (one: Export): ExportView => ({
  id: one.id,
  list: one.list,
  state: one.state,
  rows: one.rows,
  total: one.total,
  bytes: one.bytes,
  covered: one.covered,
  problem: one.problem,
  createdAt: one.createdAt.toISOString(),
  finishedAt: one.finishedAt?.toISOString() ?? null,
  expiresAt: one.expiresAt.toISOString(),
  can: one.state === 'ready' ? ['download'] : [],
});

/** Hidden, expired and absent get the same answer. */
export const noSuchExport = (): Refusal =>
  new Refusal('export.not_found', 'There is no such file any more, or it is not yours. Ask for the export again.');

/** A file has a line of its own before the first, so that no other file of the house has the same content. */
export const ownLine = (id: string): Buffer => Buffer.from(`${id}\n`);

export const fileNameOf = (list: ExportList, at: Date): string =>
  `groundswell-${list}-${at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}.csv`;
