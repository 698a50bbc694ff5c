/** Changes over HTTP. */
import {
  listChanges as listEndpoint,
  Refusal,
  sendChanges as sendEndpoint,
  uploadChanges as uploadEndpoint,
  withdrawChange as withdrawEndpoint,
} from '@groundswell/contract';
import { z } from 'zod';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { takeChanges, takeChangesFile, withdrawChange } from './change.actions.ts';
import { type ChangePlace, findChanges } from './change.store.ts';
import { viewChange } from './change.ts';

export function changeRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(sendEndpoint),
    handler({ actor, query, body }) {
      const rows = [body].flat().map((value, i) => ({ row: i + 1, value }));
      return takeChanges(tools, actor, query.compartment, rows);
    },
  });

  app.route({
    ...route(uploadEndpoint),
    handler: ({ actor, query, body }) => takeChangesFile(tools, actor, query, body),
  });

  app.route({
    ...route(listEndpoint),
    handler: ({ actor, query: { after, ...query } }) =>
      tools.db.as(actor, async (db) => {
        const page = await findChanges(db, query, after === undefined ? null : readPlace(after));
        const last = page.length === query.limit ? page.at(-1) : undefined;
        return { changes: page.map(viewChange), next: last ? writePlace(last) : null, can: openTo(actor) };
      }),
  });

  app.route({
    ...route(withdrawEndpoint),
    handler: async ({ actor, params }) => viewChange(await withdrawChange(tools, actor, params.id)),
  });
}

function openTo(actor: Actor): ('send' | 'withdraw')[] {
  return [
    ...(actor.can.has('background.send') ? (['send'] as const) : []),
    ...(actor.can.has('import.run') ? (['withdraw'] as const) : []),
  ];
}

const Place = z.tuple([z.iso.datetime(), z.uuid()]);

const writePlace = ({ at, id }: ChangePlace): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

function readPlace(said: string): ChangePlace {
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    throw new Refusal('request.invalid', 'The word in "after" is not one that was given out. Start again without it.');
  }
}
