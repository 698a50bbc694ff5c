/** Privacy over HTTP. */
import {
  findAuthor as findEndpoint,
  forgetOlderKeys as forgetEndpoint,
  type PrivacyView,
  readPrivacy as readEndpoint,
  rotatePseudonyms as rotateEndpoint,
} from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { NATIONAL_IDS } from './lettered-id.ts';
import { findAuthor, forgetOlderKeys, mustBeInside, newestOrNew, rotatePseudonyms } from './pseudonym.actions.ts';
import { keysOf } from './pseudonym.store.ts';
import { redactionsIn } from './redaction.store.ts';

export function privacyRoutes(app: App, tools: Tools): void {
  app.route({
    ...route(readEndpoint),
    handler: ({ actor, query }) => view(tools, actor, query.compartment),
  });

  app.route({
    ...route(rotateEndpoint),
    async handler({ actor, body }) {
      await rotatePseudonyms(tools, actor, body);
      return view(tools, actor, body.compartment);
    },
  });

  app.route({
    ...route(forgetEndpoint),
    async handler({ actor, body }) {
      await forgetOlderKeys(tools, actor, body);
      return view(tools, actor, body.compartment);
    },
  });

  app.route({
    ...route(findEndpoint),
    handler: async ({ actor, body }) => ({ pseudonyms: await findAuthor(tools, actor, body) }),
  });
}

async function view(tools: Tools, actor: Actor, compartment: string): Promise<PrivacyView> {
  mustBeInside(actor, compartment);
  const newest = await newestOrNew(tools, actor, compartment); // looking is a first use as well
  return tools.db.as(actor, async (db) => {
    const older = (await keysOf(db, compartment)).filter(
      ({ version, sealed }) => version < newest.version && sealed !== null,
    );
    return {
      pseudonyms: { version: newest.version, since: newest.made_at.toISOString(), olderKeys: older.length },
      nationalIds: NATIONAL_IDS.map(({ country, name }) => ({ country, name })),
      redacted: await redactionsIn(db, compartment),
      can: actor.can.has('source.manage') ? ['rotate', 'forget_older_keys', 'find_author'] : [],
    };
  });
}
