/** Keeping templates, and filling one in for a case. */
import { randomUUID } from 'node:crypto';
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave, namesOf } from '../access/index.ts';
import { type Happening, type NewEvent, record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import type { Hand } from './case.events.ts';
import { referenceOf } from './case.key.ts';
import { loadCase } from './case.store.ts';
import { mustStandIn } from './open.actions.ts';
import { insertTemplate, listTemplates, loadTemplate, removeTemplate, saveTemplate } from './template.store.ts';
import { fill, mustBeWhole, pickLanguage, type Template } from './template.ts';

type Said = Omit<Template, 'id'> & { readonly id: string | null };

export async function keepTemplate(tools: Tools, actor: Actor, said: Said): Promise<Template> {
  mustHave(actor, 'case.configure');
  mustStandIn(actor, said.compartment);
  mustBeWhole(said.texts);
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const { id, ...rest } = said;
    const template =
      id === null ? { ...rest, id: randomUUID(), version: 1 } : { ...(await loadTemplate(trx, id)), ...rest, id };
    if (id !== null && template.compartment !== (await loadTemplate(trx, id)).compartment) {
      throw new Refusal('case.other_compartment', 'A template stays in its compartment. Make another one there.');
    }
    const kept = id === null ? template : await saveTemplate(trx, template, said.version, at);
    if (id === null) await insertTemplate(trx, template, at);
    await tell({ trx, actor, at }, kept, {
      name: 'template.saved',
      payload: { templateId: kept.id, version: kept.version },
    });
    return kept;
  });
}

export async function dropTemplate(tools: Tools, actor: Actor, id: string): Promise<string> {
  mustHave(actor, 'case.configure');
  const at = tools.clock.now();
  return tools.db.change(actor, async (trx) => {
    const template = await loadTemplate(trx, id);
    await removeTemplate(trx, id, at);
    await tell({ trx, actor, at }, template, { name: 'template.removed', payload: { templateId: id } });
    return id;
  });
}

async function tell({ trx, actor, at }: Hand, { id, compartment }: Template, said: Happening): Promise<void> {
  await record(trx, actor, { ...said, at, compartment, subject: { kind: 'template', id } } as NewEvent);
}

export async function readTemplates({ db }: Tools, actor: Actor): Promise<Template[]> {
  mustHave(actor, 'case.read');
  return db.as(actor, listTemplates);
}

interface Filling {
  readonly ref: string;
  readonly template: string;
  readonly language?: string | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** What is known of every case is filled in by itself; nothing that colleagues noted is among it. */
export async function fillTemplate(
  { db }: Tools,
  actor: Actor,
  said: Filling,
): Promise<{ text: string; language: string }> {
  mustHave(actor, 'case.read');
  return db.as(actor, async (reader) => {
    const kase = await loadCase(reader, said.ref);
    const template = await loadTemplate(reader, said.template);
    if (template.compartment !== kase.compartment) {
      throw new Refusal('case.other_compartment', 'This template belongs to another compartment than the case.');
    }
    const wanted = said.language ?? kase.language;
    if (wanted === null) {
      throw new Refusal('template.no_language', 'The language of this case is not known. Choose the one to write in.');
    }
    const language = pickLanguage(template.texts, wanted);
    const known = {
      reference: referenceOf(kase),
      owner: kase.ownerId === null ? undefined : (await namesOf(reader, [kase.ownerId])).get(kase.ownerId),
      opened: kase.openedAt.toISOString().slice(0, 10),
      language: kase.language ?? undefined,
      region: kase.region ?? undefined,
    };
    return { text: fill(template.texts[language]!, { ...known, ...said.values }), language };
  });
}
