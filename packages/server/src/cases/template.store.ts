/** Templates at rest. A removed one stays, because what was sent names it. */
import { Refusal } from '@groundswell/contract';
import type { Db, Trx } from '../platform/db.ts';
import type { Template } from './template.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_templates: {
      id: string;
      compartment: string;
      kind: 'message' | 'ask';
      name: string;
      /** jsonb: written as JSON text, read as the value. */
      texts: Record<string, string>;
      version: number;
      changed_at: Date;
      removed_at: Date | null;
    };
  }
}

const TEMPLATE = ['id', 'compartment', 'kind', 'name', 'texts', 'version'] as const;

export async function listTemplates(db: Db): Promise<Template[]> {
  const kept = db.selectFrom('case_templates').select(TEMPLATE).where('removed_at', 'is', null);
  return kept.orderBy('kind').orderBy('name').orderBy('id').limit(1_000).execute();
}

export async function loadTemplate(db: Db, id: string): Promise<Template> {
  const kept = db.selectFrom('case_templates').select(TEMPLATE).where('id', '=', id).where('removed_at', 'is', null);
  const found = await kept.executeTakeFirst();
  if (found) return found;
  throw new Refusal('template.not_found', 'There is no such template, or it was removed.');
}

const asJson = (texts: Template['texts']) => JSON.stringify(texts) as unknown as Record<string, string>;

export async function insertTemplate(trx: Trx, template: Template, at: Date): Promise<void> {
  const row = { ...template, texts: asJson(template.texts), changed_at: at, removed_at: null };
  await trx.insertInto('case_templates').values(row).execute();
}

export async function saveTemplate(trx: Trx, next: Template, seenVersion: number, at: Date): Promise<Template> {
  const kept = trx
    .updateTable('case_templates')
    .set({ name: next.name, texts: asJson(next.texts), version: seenVersion + 1, changed_at: at });
  const one = kept.where('id', '=', next.id).where('version', '=', seenVersion).where('removed_at', 'is', null);
  const saved = await one.returning(TEMPLATE).executeTakeFirst();
  if (saved) return saved;
  throw new Refusal(
    'template.changed_meanwhile',
    'Somebody else changed this template. Nothing of yours was kept. Reload it.',
  );
}

export async function removeTemplate(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable('case_templates').set({ removed_at: at }).where('id', '=', id).execute();
}
