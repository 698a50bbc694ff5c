/** Signing in and out over HTTP. */
import {
  endMyOtherSessions,
  endMySession,
  listMySessions,
  readSession,
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { mustBeAtHome, SYSTEM } from './actor.ts';
import { dropSecret, readSecret, type Site } from './cookie.ts';
import { visitorOf, welcome } from './door.ts';
import { isAnybodyThere } from './person.store.ts';
import { csrfOf } from './secret.ts';
import { endOwnSessions, recognise, signIn, signOut } from './session.actions.ts';
import { listSessions } from './session.store.ts';
import { actorOf, meOf, viewSession } from './session.ts';
import { stepInto } from './world.actions.ts';
import { numberIn } from './world.ts';

export function sessionRoutes(app: App, tools: Tools, site: Site): void {
  app.route({
    ...route(readSession),
    async handler(request) {
      const secret = readSecret(request, site);
      const session = secret === null ? null : await recognise(tools, secret);
      const here = session && (await stepInto(tools, actorOf(session), numberIn(request.headers)));
      const me = here && meOf(session, csrfOf(secret!), here);
      return { me, setUp: me !== null || (await tools.db.as(SYSTEM.access, isAnybodyThere)) };
    },
  });

  app.route({
    ...route(signInEndpoint),
    async handler(request, reply) {
      const asked = { ...request.body, address: request.ip, visitor: visitorOf(request, site) };
      return welcome(reply, site, await signIn(tools, asked));
    },
  });

  app.route({
    ...route(signOutEndpoint),
    async handler(request, reply) {
      const secret = readSecret(request, site)!; // signed in, and tokens do not come here
      const ended = await signOut(tools, request.actor, secret, request.query.everywhere ?? false);
      dropSecret(reply, site);
      return { ended };
    },
  });

  app.route({
    ...route(listMySessions),
    async handler({ actor }) {
      mustBeAtHome(actor);
      const mine = await tools.db.as(SYSTEM.access, (db) => listSessions(db, actor.id, tools.clock.now()));
      return { sessions: mine.map((one) => viewSession(one, actor.sessionId)) };
    },
  });

  app.route({
    ...route(endMySession),
    handler: async ({ actor, params }) => ({ ended: await endOwnSessions(tools, actor, params.id) }),
  });

  app.route({
    ...route(endMyOtherSessions),
    handler: async ({ actor }) => ({ ended: await endOwnSessions(tools, actor, null) }),
  });
}
