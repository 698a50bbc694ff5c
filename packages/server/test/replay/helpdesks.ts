/** Zendesk, Freshdesk and Intercom as their documentation and public records show them to answer. */
import { type Asked, type Replay, replay, type Told } from './http-replay.ts';

export interface Desk extends Replay {
  /** Everything that it knows; a test adds and changes. */
  readonly things: Record<string, unknown>[];
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** A ticket with every field that the incremental export tells, most of them of no interest here. */
export function zendeskTicket(id: number, at: number, over: object = {}): Record<string, unknown> {
  return {
    url: `https://acme.zendesk.com/api/v2/tickets/${id}.json`,
    id,
    external_id: null,
    via: { channel: 'email', source: { from: { address: 'ana@example.com', name: 'Ana' }, to: {}, rel: null } },
    created_at: iso(at),
    updated_at: iso(at + 60_000),
    generated_timestamp: Math.floor((at + 60_000) / 1000),
    type: 'incident',
    subject: `Payout is late ${id}`,
    raw_subject: `Payout is late ${id}`,
    description: `My payout of last week has not arrived. Número ${id} 🙁`,
    priority: 'high',
    status: 'open',
    recipient: 'help@acme.com',
    requester_id: 390_000_000_000 + id,
    submitter_id: 390_000_000_000 + id,
    assignee_id: null,
    organization_id: null,
    group_id: 360_001,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: true,
    due_at: null,
    tags: ['payouts', 'platform:ios'],
    custom_fields: [
      { id: 360_011, value: 'brazil' },
      { id: 360_012, value: null },
    ],
    satisfaction_rating: { score: 'unoffered' },
    sharing_agreement_ids: [],
    custom_status_id: 1_900_001,
    encoded_id: `KX9${id}-ZQ`,
    fields: [{ id: 360_011, value: 'brazil' }],
    followup_ids: [],
    ticket_form_id: 360_002,
    brand_id: 360_003,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
    support_type_scope: 'agent',
    ...over,
  };
}

export const ZENDESK_LOGIN = { email: 'bot@acme.com', token: 'zd-secret-token' };

/** A cursor is the time and id of the last ticket told; the last minute is kept back. */
export async function zendeskDesk(clock: Date, perPage = 5): Promise<Desk> {
  const things: Record<string, unknown>[] = [];
  const stamp = (one: Record<string, unknown>) => [Number(one.generated_timestamp), Number(one.id)] as const;
  const server = await replay(clock, (asked, now): Told => {
    if (asked.headers.authorization !== basic(`${ZENDESK_LOGIN.email}/token:${ZENDESK_LOGIN.token}`)) {
      return { status: 401, json: { error: "Couldn't authenticate you" } };
    }
    if (asked.path !== '/api/v2/incremental/tickets/cursor.json')
      return { status: 404, json: { error: 'InvalidEndpoint' } };
    const lastMinute = Math.floor(now.getTime() / 1000) - 60;
    const start = asked.query.get('start_time');
    if (start !== null && Number(start) > lastMinute) {
      return { status: 422, json: { error: 'StartTimeTooRecent', description: 'Too recent start_time.' } };
    }
    const [time, id] = start !== null ? [Number(start), -1] : readCursor(asked.query.get('cursor') ?? '');
    const all = things
      .filter((one) => stamp(one)[0] <= lastMinute)
      .filter((one) => stamp(one)[0] > time || (stamp(one)[0] === time && stamp(one)[1] > id))
      .sort((a, b) => stamp(a)[0] - stamp(b)[0] || stamp(a)[1] - stamp(b)[1]);
    const page = all.slice(0, perPage);
    const last = page.at(-1);
    const cursor = last ? writeCursor(...stamp(last)) : (asked.query.get('cursor') ?? writeCursor(time, -1));
    return {
      json: {
        tickets: page,
        after_url: `https://acme.zendesk.com/api/v2/incremental/tickets/cursor.json?cursor=${cursor}`,
        after_cursor: cursor,
        before_url: null,
        before_cursor: null,
        end_of_stream: all.length <= perPage,
      },
    };
  });
  return Object.assign(server, { things });
}

const writeCursor = (time: number, id: number): string => Buffer.from(`${time}.0||${id}|`).toString('base64');
function readCursor(said: string): [number, number] {
  const [time, , id] = Buffer.from(said, 'base64').toString().split('|');
  return [Number(time), Number(id)];
}

export function freshdeskTicket(id: number, at: number, over: object = {}): Record<string, unknown> {
  return {
    cc_emails: [],
    fwd_emails: [],
    reply_cc_emails: [],
    ticket_cc_emails: [],
    fr_escalated: false,
    spam: false,
    email_config_id: null,
    group_id: 1_060_000_001,
    priority: 3,
    requester_id: 1_060_000_000_000 + id,
    responder_id: null,
    source: 1,
    company_id: null,
    status: 2,
    subject: `Cannot log in ${id}`,
    association_type: null,
    support_email: null,
    to_emails: ['help@acme.com'],
    product_id: null,
    id,
    type: 'Problem',
    due_by: iso(at + 86_400_000),
    fr_due_by: iso(at + 3_600_000),
    is_escalated: false,
    description: `<div>The <b>login</b> fails &amp; shows error ${id}</div>`,
    description_text: `The login fails & shows error ${id}`,
    custom_fields: { cf_plan: 'pro', cf_order: 'A-1234567890', cf_empty: null },
    created_at: iso(at),
    updated_at: iso(at),
    tags: ['login'],
    attachments: [],
    structured_description: null,
    ...over,
  };
}

export const FRESHDESK_TOKEN = 'fd-secret-token';

/** Pages are counted; more than 300 of them are refused. What "since" means for its own second differs, so it can be set. */
export async function freshdeskDesk(clock: Date, { inclusive = true } = {}): Promise<Desk> {
  const things: Record<string, unknown>[] = [];
  const server = await replay(clock, ({ path, query, headers }): Told => {
    if (headers.authorization !== basic(`${FRESHDESK_TOKEN}:X`)) {
      return { status: 401, json: { code: 'invalid_credentials', message: 'You have to be logged in.' } };
    }
    if (path !== '/api/v2/tickets') return { status: 404, raw: '' };
    const [page, perPage] = [Number(query.get('page')), Math.min(100, Number(query.get('per_page')))];
    if (page > 300) return { status: 400, json: { description: 'Validation failed', errors: [{ field: 'page' }] } };
    const since = Date.parse(query.get('updated_since') ?? '');
    const at = (one: Record<string, unknown>) => Date.parse(String(one.updated_at));
    const all = things
      .filter((one) => (inclusive ? at(one) >= since : at(one) > since))
      .sort((a, b) => at(a) - at(b) || Number(a.id) - Number(b.id));
    const told = all.slice((page - 1) * perPage, page * perPage);
    return {
      json: told.map((one) => (query.get('include') === 'description' ? one : { ...one, description_text: undefined })),
    };
  });
  return Object.assign(server, { things });
}

export function intercomConversation(id: string, at: number, over: object = {}): Record<string, unknown> {
  const seconds = Math.floor(at / 1000);
  return {
    type: 'conversation',
    id,
    created_at: seconds,
    updated_at: seconds + 30,
    waiting_since: null,
    snoozed_until: null,
    source: {
      type: 'conversation',
      id: `40300${id}`,
      delivered_as: 'customer_initiated',
      subject: '',
      body: `<p>The video <b>stops</b> at 99&nbsp;%<br>every time (${id})</p>`,
      author: { type: 'user', id: `6762f0dd${id}`, name: 'Ana', email: 'ana@example.com' },
      attachments: [],
      url: 'https://acme.com/watch',
      redacted: false,
    },
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: `6762f0dd${id}`, external_id: '70' }] },
    first_contact_reply: null,
    admin_assignee_id: null,
    team_assignee_id: '814865',
    open: true,
    state: 'open',
    read: false,
    tags: { type: 'tag.list', tags: [{ type: 'tag', id: '123456', name: 'player' }] },
    priority: 'not_priority',
    sla_applied: null,
    statistics: { type: 'conversation_statistics', first_contact_reply_at: seconds },
    conversation_rating: null,
    teammates: { type: 'admin.list', admins: [] },
    title: null,
    custom_attributes: { issue_type: 'Playback' },
    topics: { type: 'topic.list', topics: [], total_count: 0 },
    ticket: null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ai_agent: null,
    ai_agent_participated: false,
    ...over,
  };
}

export const INTERCOM_TOKEN = 'ic-secret-token';

/** A search cuts its list by the place of the last one told. `gone` are in the search and nowhere else. */
export async function intercomDesk(clock: Date, perPage = 7): Promise<Desk & { gone: Set<string> }> {
  const things: Record<string, unknown>[] = [];
  const gone = new Set<string>();
  const server = await replay(clock, (asked): Told => {
    if (asked.headers.authorization !== `Bearer ${INTERCOM_TOKEN}`) {
      return {
        status: 401,
        json: { type: 'error.list', errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }] },
      };
    }
    if (asked.path === '/conversations/search') return searched(asked, things, perPage);
    const one = things.find(({ id }) => asked.path === `/conversations/${id}`);
    if (!one || gone.has(String(one.id))) {
      return { status: 404, json: { type: 'error.list', errors: [{ code: 'conversation_not_found' }] } };
    }
    return { json: one };
  });
  return Object.assign(server, { things, gone });
}

function searched({ body }: Asked, things: readonly Record<string, unknown>[], perPage: number): Told {
  const { query, sort, pagination } = JSON.parse(body);
  const place = (one: Record<string, unknown>) => [Number(one.updated_at), String(one.id)] as const;
  const [time, id] = pagination.starting_after ? JSON.parse(atob(pagination.starting_after)) : [Infinity, ''];
  const all = things
    .filter((one) => Number(one[query.field]) > query.value)
    .filter((one) => place(one)[0] < time || (place(one)[0] === time && place(one)[1] < id))
    .sort((a, b) => place(b)[0] - place(a)[0] || (place(b)[1] < place(a)[1] ? -1 : 1));
  if (sort.order !== 'descending') return { status: 400, json: { type: 'error.list' } };
  const page = all.slice(0, Math.min(perPage, pagination.per_page));
  const starting_after = btoa(JSON.stringify(place(page.at(-1) ?? {})));
  return {
    json: {
      type: 'conversation.list',
      pages: {
        type: 'pages',
        page: 1,
        per_page: perPage,
        total_pages: 1,
        ...(all.length > page.length && { next: { page: 2, starting_after } }),
      },
      total_count: all.length,
      // A list knows no parts.
      conversations: page.map(({ conversation_parts: _, ...one }) => one),
    },
  };
}
