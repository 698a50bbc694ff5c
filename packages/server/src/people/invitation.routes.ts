/** Invitations over HTTP. */
import {
  acceptInvitation as acceptEndpoint,
  invite as inviteEndpoint,
  listInvitations as listEndpoint,
  renewInvitation as renewEndpoint,
  withdrawInvitation as withdrawEndpoint,
} from '@groundswell/contract';
import { type Site, visitorOf, welcome } from '../access/index.ts';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { acceptInvitation, type Invited, invite, renewInvitation, withdrawInvitation } from './invitation.actions.ts';
import { listInvitations } from './invitation.store.ts';
import { viewInvitation } from './invitation.ts';

export function invitationRoutes(app: App, tools: Tools, site: Site): void {
  const viewInvited = ({ link, invitation }: Invited) => ({
    link,
    invitation: viewInvitation(invitation, tools.clock.now()),
  });

  app.route({
    ...route(listEndpoint),
    async handler({ actor }) {
      const open = await tools.db.as(actor, listInvitations);
      return { invitations: open.map((one) => viewInvitation(one, tools.clock.now())) };
    },
  });

  app.route({
    ...route(inviteEndpoint),
    handler: async ({ actor, body }) => viewInvited(await invite(tools, actor, body)),
  });

  app.route({
    ...route(renewEndpoint),
    handler: async ({ actor, params }) => viewInvited(await renewInvitation(tools, actor, params.id)),
  });

  app.route({
    ...route(withdrawEndpoint),
    handler: ({ actor, params }) => withdrawInvitation(tools, actor, params.id).then(() => ({ withdrawn: true })),
  });

  app.route({
    ...route(acceptEndpoint),
    async handler(request, reply) {
      const asked = { ...request.body, visitor: visitorOf(request, site) };
      return welcome(reply, site, await acceptInvitation(tools, asked));
    },
  });
}
