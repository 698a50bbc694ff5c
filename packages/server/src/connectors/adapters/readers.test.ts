import { NewSignal } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshdeskTicket, intercomConversation, zendeskTicket } from '../../../test/replay/helpdesks.ts';
import { appleReview, playReview } from '../../../test/replay/stores.ts';
import { DRY } from '../../signals/guard.ts';
import { judge } from '../../signals/index.ts';
import { readReview } from './app-store.ts';
import { readFreshdeskTicket } from './freshdesk-ticket.ts';
import { readPlayReview } from './google-play.ts';
import { fieldDimension, heard, joined, type Read, tagDimensions } from './heard.ts';
import { readConversation, readIntercomTicket } from './intercom-conversation.ts';
import { intercomTopics } from './intercom-topic.ts';
import { zendeskEvents } from './zendesk-event.ts';
import { readTicket } from './zendesk-ticket.ts';

const AT = Date.parse('2026-03-01T10:00:00Z');
const rowOf = (read: Read): NewSignal => (read && 'row' in read ? read.row : expect.unreachable(JSON.stringify(read)));

describe('Zendesk', () => {
  test('a ticket', () => {
    expect(rowOf(readTicket(zendeskTicket(7, AT)))).toEqual({
      id: '7',
      ts: '2026-03-01T10:00:00.000Z',
      updated_at: '2026-03-01T10:01:00.000Z',
      title: 'Payout is late 7',
      text: 'My payout of last week has not arrived. Número 7 🙁',
      author: '390000000007',
      dimensions: {
        type: 'incident',
        priority: 'high',
        status: 'open',
        via_channel: 'email',
        brand_id: '360003',
        group_id: '360001',
        ticket_form_id: '360002',
        tags: 'payouts',
        platform: 'ios',
        field_360011: 'brazil',
      },
    });
  });

  test('what people say of the help they got is theirs too; that they were asked is not', () => {
    const rated = { satisfaction_rating: { id: 5, score: 'bad', comment: 'Nobody read my mail' } };
    const row = rowOf(readTicket(zendeskTicket(7, AT, rated)));
    expect(row.text).toMatch(/arrived.*\n\nNobody read my mail$/s);
    expect(row.dimensions).toMatchObject({ satisfaction: 'bad' });
    expect(rowOf(readTicket(zendeskTicket(7, AT))).dimensions).not.toHaveProperty('satisfaction');
  });

  test('a ticket that was deleted says nothing; one without words or a time is refused with its id', () => {
    expect(readTicket(zendeskTicket(7, AT, { status: 'deleted' }))).toBeNull();
    const bare = readTicket(zendeskTicket(7, AT, { subject: null, raw_subject: null, description: null }));
    expect(bare).toEqual({ refused: { id: '7', reason: 'It has no text.' } });
    expect(readTicket(zendeskTicket(7, AT, { created_at: null }))).toMatchObject({ refused: { id: '7' } });
    expect(rowOf(readTicket(zendeskTicket(7, AT, { description: '' }))).text).toBe('Payout is late 7');
  });

  const event = (type: string, over: object = {}) => ({
    type: `zen:event-type:${type}`,
    account_id: 12_514_403,
    id: '2b24ef10-19d3-4740-93cf-8f98ec4776c0',
    time: '2026-03-01T10:01:00Z',
    zendesk_event_version: '2022-06-20',
    subject: 'zen:ticket:7',
    detail: {
      actor_id: '8447388090494',
      assignee_id: '8447388090494',
      brand_id: '360003',
      created_at: '2026-03-01T10:00:00.284Z',
      custom_status: '4',
      description: 'My payout of last week has not arrived. Número 7 🙁',
      external_id: null,
      form_id: '360002',
      group_id: '360001',
      id: '7',
      is_public: true,
      organization_id: null,
      priority: 'HIGH',
      requester_id: '390000000007',
      status: 'OPEN',
      subject: 'Payout is late 7',
      submitter_id: '390000000007',
      tags: ['payouts', 'platform:ios'],
      type: 'INCIDENT',
      updated_at: '2026-03-01T10:01:00.731Z',
      via: { channel: 'EMAIL' },
      ...over,
    },
    event: { current: 'OPEN', previous: 'NEW' },
  });

  test('an event and a page tell the same ticket in the same way', () => {
    const { rows } = zendeskEvents.read(event('ticket.status_changed'), {});
    const paged = rowOf(readTicket(zendeskTicket(7, AT, { custom_fields: [] })));
    const { ts: _, ...told } = (rows as NewSignal[])[0]!;
    const { ts: __, ...asked } = paged;
    expect(told).toEqual(asked);
  });

  test('events that bring no voice bring no row, and one without a ticket is refused', () => {
    const gone = ['ticket.soft_deleted', 'ticket.permanently_deleted', 'ticket.marked_as_spam', 'ticket.merged'];
    for (const type of [...gone, 'user.created', 'agent.state_changed']) {
      expect(zendeskEvents.read(event(type), {})).toEqual({ rows: [], refused: [] });
    }
    expect(zendeskEvents.read({ type: 'zen:event-type:ticket.created' }, {}).refused).toHaveLength(1);
    expect(zendeskEvents.read([event('ticket.created'), event('ticket.created', { id: '8' })], {}).rows).toHaveLength(
      2,
    );
  });
});

describe('Freshdesk', () => {
  test('a ticket, with words for its numbers', () => {
    expect(rowOf(readFreshdeskTicket(freshdeskTicket(7, AT)))).toEqual({
      id: '7',
      ts: '2026-03-01T10:00:00.000Z',
      updated_at: '2026-03-01T10:00:00.000Z',
      title: 'Cannot log in 7',
      text: 'The login fails & shows error 7',
      author: '1060000000007',
      dimensions: {
        type: 'Problem',
        priority: 'high',
        status: 'open',
        source: 'email',
        group_id: '1060000001',
        tags: 'login',
        cf_plan: 'pro', // and not the number of an order
      },
    });
  });

  test('words only in HTML; a state of the team’s own; spam, deleted and sent out', () => {
    const html = rowOf(readFreshdeskTicket(freshdeskTicket(7, AT, { description_text: null, status: 17 })));
    expect(html).toMatchObject({ text: 'The login fails & shows error 7', dimensions: { status: '17' } });
    for (const over of [{ spam: true }, { deleted: true }, { source: 10 }]) {
      expect(readFreshdeskTicket(freshdeskTicket(7, AT, over))).toBeNull();
    }
  });
});

describe('Intercom', () => {
  const bot = { type: 'conversation', body: '<p>How can we help?</p>', author: { type: 'bot', id: '1' } };
  const parts = {
    type: 'conversation_part.list',
    conversation_parts: [
      { part_type: 'assignment', body: null, author: { type: 'bot', id: '1' }, created_at: 1_772_359_190 },
      {
        part_type: 'comment',
        body: '<p>My card was charged twice</p>',
        author: { type: 'lead', id: 'l-9' },
        created_at: 1_772_359_200,
      },
      { part_type: 'comment', body: '<p>Hello?</p>', author: { type: 'lead', id: 'l-9' }, created_at: 1_772_359_300 },
    ],
  };

  test('a conversation', () => {
    const rating = { rating: 1, remark: 'Nobody helped', created_at: 1_772_360_000 };
    expect(rowOf(readConversation(intercomConversation('7', AT, { conversation_rating: rating })))).toEqual({
      id: '7',
      ts: '2026-03-01T10:00:00.000Z',
      updated_at: '2026-03-01T10:00:30.000Z',
      text: 'The video stops at 99 %\nevery time (7)\n\nNobody helped',
      author: '6762f0dd7',
      rating: 1,
      dimensions: {
        state: 'open',
        priority: 'not_priority',
        source_type: 'conversation',
        delivered_as: 'customer_initiated',
        team_assignee_id: '814865',
        tags: 'player',
        issue_type: 'Playback',
      },
    });
  });

  test('begun by a bot: the first words of the person, with their time; none without an answer', () => {
    const begun = { source: bot, conversation_parts: parts, statistics: { first_contact_reply_at: 1_772_359_200 } };
    expect(rowOf(readConversation(intercomConversation('7', AT, begun)))).toMatchObject({
      text: 'My card was charged twice',
      author: 'l-9',
      ts: '2026-03-01T10:00:00.000Z',
    });
    expect(readConversation(intercomConversation('7', AT, { source: bot }))).toBeNull();
    expect(readConversation({ type: 'conversation', id: '7' })).toMatchObject({ refused: { id: '7' } });
  });

  const topic = (name: string, item: unknown) => ({
    type: 'notification_event',
    app_id: 'a1',
    data: { type: 'notification_event_data', item },
    id: 'notif_1',
    topic: name,
    delivery_status: null,
    delivery_attempts: 1,
    first_sent_at: 1_772_359_260,
  });

  test('topics about conversations and tickets bring them, others nothing', () => {
    const read = (name: string, item: unknown) => intercomTopics.read(topic(name, item), {});
    const talk = intercomConversation('7', AT);
    expect(read('conversation.user.created', talk).rows).toEqual([rowOf(readConversation(talk))]);
    expect(read('conversation.rating.added', talk).rows).toHaveLength(1);
    const ticket = {
      type: 'ticket',
      id: '700',
      ticket_id: '12',
      category: 'Customer',
      ticket_attributes: {
        _default_title_: 'Broken export',
        _default_description_: 'It <b>stops</b>',
        Severity: 'high',
      },
      ticket_state: { type: 'ticket_state', category: 'submitted' },
      ticket_type: { name: 'Bug' },
      contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'c-1' }] },
      created_at: 1_772_359_200,
      updated_at: 1_772_359_260,
    };
    expect(read('ticket.created', ticket).rows).toMatchObject([
      {
        id: '700',
        title: 'Broken export',
        text: 'It stops',
        author: 'c-1',
        dimensions: { category: 'Customer', type: 'Bug', state: 'submitted', severity: 'high' },
      },
    ]);
    for (const name of ['ping', 'contact.created', 'conversation.deleted', 'user.deleted', '', 'ticket']) {
      expect(read(name, talk)).toEqual({ rows: [], refused: [] });
    }
    expect(read('conversation.user.created', null).refused).toHaveLength(1);
  });

  test('of the parts in an event only the first that a person said counts', () => {
    const later = { ...parts, conversation_parts: parts.conversation_parts.slice(2) };
    const begun = { source: bot, conversation_parts: later, statistics: { first_contact_reply_at: 1_772_359_200 } };
    const { rows } = intercomTopics.read(topic('conversation.user.replied', intercomConversation('7', AT, begun)), {});
    expect(rows).toEqual([]);
  });
});

test('a review of the App Store; an edited one is told apart by its words', () => {
  const row = rowOf(readReview(appleReview('r-7', AT)));
  expect(row).toEqual({
    id: 'r-7',
    ts: '2026-03-01T18:00:00.000Z',
    title: 'Crashes',
    text: 'Since the update it crashes when I open a chat (r-7) 😡',
    author: 'nick r-7',
    rating: 2,
    dimensions: { territory: 'BRA' },
  });
  const edited = rowOf(readReview(appleReview('r-7', AT, { body: 'Fixed now', rating: 5 })));
  const revisionOf = (value: NewSignal) => judged(value)?.revision;
  expect(revisionOf(edited)).not.toBe(revisionOf(row));
  expect(revisionOf(row)).toBe(revisionOf(rowOf(readReview(appleReview('r-7', AT)))));
  expect(judged(row)?.dimensions).toMatchObject({ territory: 'BR' });
});

test('a review of Google Play, with and without a title', () => {
  const row = rowOf(readPlayReview(playReview('gp:7', AT)));
  expect(row).toMatchObject({
    id: 'gp:7',
    ts: '2026-03-01T10:00:00.916Z',
    updated_at: '2026-03-01T10:00:00.916Z',
    title: 'Bad',
    text: 'The app drains my battery (gp:7)',
    author: 'Ana gp:7',
    rating: 1,
    language: 'pt-BR',
    dimensions: { app_version_name: '7.3.0', app_version_code: '70300', device: 'beyond1', android_os_version: '34' },
  });
  expect(rowOf(readPlayReview(playReview('x', AT, { text: '\tOnly words' })))).not.toHaveProperty('title');
  expect(rowOf(readPlayReview(playReview('x', AT, { text: 'Only words' }))).text).toBe('Only words');
  expect(readPlayReview(playReview('x', AT, { text: '' }))).toEqual({
    refused: { id: 'x', reason: 'It has no text.' },
  });
});

const SOURCE = '00000000-0000-4000-8000-000000000001';
const judged = (value: unknown) => judge({ row: 1, value }, SOURCE, new Date(AT + 86_400_000), DRY).draft;

test('tags with a name are dimensions, the others one line; as many as fit', () => {
  expect(
    tagDimensions(['b', 'a', 'platform__ios', 'app_version:7.3', 'b', 'platform:web', 'http://x.y', 5, null]),
  ).toEqual([
    ['tags', '5, a, b, http://x.y'],
    ['app_version', '7.3'],
    ['platform', 'ios, web'],
  ]);
  expect(joined(Array.from({ length: 100 }, (_, i) => `word-${i}`)).length).toBeLessThanOrEqual(200);
  expect(tagDimensions(null)).toEqual([['tags', '']]);
});

test('fields of a team are kept where they hold a choice, not where they name somebody', () => {
  const kept = (value: unknown) => fieldDimension('f', value).map(([, word]) => word);
  for (const choice of ['pro', 'Payment failed', 3, true]) expect(kept(choice)).toEqual([choice === 3 ? '3' : choice]);
  expect(kept(['b', 'a'])).toEqual(['a, b']);
  for (const one of [
    'ana@example.com',
    '+49 30 1234567',
    '4111111111111111',
    'A-12345678',
    'x'.repeat(61),
    'a\nb',
    null,
    {},
    '',
  ]) {
    expect(kept(one)).toEqual([]);
  }
});

test('names that are one to intake do not cost the row', () => {
  const said = [
    ['App Version', '7'],
    ['app-version', '8'],
    ['!!', 'x'],
    ['n'.repeat(70), 'x'],
    ['wide', 'ﷺ'.repeat(20)],
  ] as const;
  const row = rowOf(heard({ id: '1', at: '2026-03-01T10:00:00Z', text: 'x', dimensions: said }));
  expect(row.dimensions).toEqual({ app_version: '7' });
  const many = Array.from({ length: 80 }, (_, i) => [`d${i}`, 'x'] as const);
  expect(judged(rowOf(heard({ id: '1', at: AT, text: 'x', dimensions: many })))).not.toBeNull();
});

test('whatever another system says is read, refused or left out, and what is read is a signal to intake', () => {
  const word = fc.oneof(
    fc.constantFrom('ana', '2026-03-01T10:00:00Z', 'open', 'user', '<p>x</p>', 'ticket', 'a__b', 'ﷺ', '\ud800', '\0'),
    fc.string(),
  );
  const leaf = fc.oneof(
    word,
    fc.integer({ min: -5, max: 2_000_000_000 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const any = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const shapes = [
    zendeskTicket(1, AT),
    freshdeskTicket(1, AT),
    intercomConversation('1', AT),
    appleReview('1', AT),
    playReview('1', AT),
  ];
  const readers = [readTicket, readFreshdeskTicket, readConversation, readIntercomTicket, readReview, readPlayReview];
  const changed = fc.tuple(fc.constantFrom(...shapes), fc.nat(60), any).map(([shape, at, value]) => {
    const keys = Object.keys(shape);
    return { ...shape, [keys[at % keys.length]!]: value };
  });
  fc.assert(
    fc.property(fc.oneof(any, changed), (value) => {
      for (const read of readers) {
        const one = read(value);
        if (!one || !('row' in one)) continue;
        expect(NewSignal.safeParse(one.row).success).toBe(true);
        const { refusal } = judge({ row: 1, value: one.row }, SOURCE, new Date(AT), DRY);
        expect(refusal?.reason ?? '"id"').toMatch(/^"(?:id|ts|updated_at)"/);
      }
      expect(zendeskEvents.read({ type: 'zen:event-type:ticket.created', detail: value }, {})).toBeDefined();
      expect(intercomTopics.read({ topic: 'conversation.user.created', data: { item: value } }, {})).toBeDefined();
    }),
    { numRuns: 2_000 },
  );
});
