import { describe, expect, test } from 'vitest';
import { type Cells, jsonCells, knownExport, lastingId, momentOrder, parseMoment, suggestMapping } from './index.ts';

const PLAY =
  'Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link'.split(
    ',',
  );

/** Only what is neither ignored nor a dimension. */
const targets = (columns: readonly string[], rows: readonly Cells[] = []) =>
  Object.fromEntries(
    Object.entries(suggestMapping(columns, rows)).filter(([, place]) => place !== 'ignore' && place !== 'dimension'),
  );
const dimensions = (columns: readonly string[], rows: readonly Cells[] = []) =>
  Object.entries(suggestMapping(columns, rows)).flatMap(([column, place]) => (place === 'dimension' ? [column] : []));

const row = (said: object): Cells => {
  const read = jsonCells(JSON.parse(JSON.stringify(said)));
  if ('reason' in read) throw new Error(read.reason);
  return read.cells;
};

describe('a known export', () => {
  test('Google Play, the monthly file', () => {
    expect(knownExport(PLAY)).toBe('google_play');
    expect(targets(PLAY)).toEqual({
      'Review Link': 'id',
      'Review Submit Millis Since Epoch': 'ts',
      'Review Last Update Millis Since Epoch': 'updated_at',
      'Review Text': 'text',
      'Review Title': 'title',
      'Star Rating': 'rating',
      'Reviewer Language': 'language',
    });
    expect(dimensions(PLAY)).toEqual(['Package Name', 'App Version Code', 'App Version Name', 'Device']);
  });

  test('Google Play without its milliseconds, device and version', () => {
    const columns = PLAY.filter((name) => !/Millis|Version|Device/.test(name));
    expect(knownExport(columns)).toBe('google_play');
    expect(targets(columns)).toMatchObject({
      'Review Submit Date and Time': 'ts',
      'Review Last Update Date and Time': 'updated_at',
    });
  });

  test('Google Play, its API', () => {
    const said = row({
      reviewId: 'gp:AOqp',
      authorName: 'Ana',
      comments: [
        {
          userComment: {
            text: '\tFine',
            lastModified: { seconds: '1709633472', nanos: 1 },
            starRating: 4,
            reviewerLanguage: 'en',
            device: 'panther',
            appVersionName: '4.1',
          },
        },
        { developerComment: { text: 'Thanks', lastModified: { seconds: '1709633999' } } },
      ],
    });
    const columns = Object.keys(said);
    expect(knownExport(columns)).toBe('google_play');
    expect(targets(columns, [said])).toEqual({
      reviewId: 'id',
      authorName: 'author',
      'comments.userComment.text': 'text',
      'comments.userComment.lastModified': 'ts',
      'comments.userComment.starRating': 'rating',
      'comments.userComment.reviewerLanguage': 'language',
    });
    expect(parseMoment(said['comments.userComment.lastModified'])).toEqual({ at: new Date(1_709_633_472_000) });
  });

  test('App Store', () => {
    const said = row({
      type: 'customerReviews',
      id: '7',
      attributes: {
        rating: 5,
        title: 'Good',
        body: 'Very',
        reviewerNickname: 'ana',
        createdDate: '2024-03-05T10:11:12-08:00',
        territory: 'USA',
      },
    });
    expect(knownExport(Object.keys(said))).toBe('app_store');
    expect(targets(Object.keys(said), [said])).toEqual({
      id: 'id',
      'attributes.rating': 'rating',
      'attributes.title': 'title',
      'attributes.body': 'text',
      'attributes.reviewerNickname': 'author',
      'attributes.createdDate': 'ts',
    });
    expect(dimensions(Object.keys(said), [said])).toEqual(['attributes.territory']);
  });

  test('Zendesk, tickets of its API', () => {
    const said = row({
      id: 35,
      url: 'https://a/35.json',
      subject: 'Help',
      raw_subject: 'Help',
      description: 'It is broken',
      requester_id: 7,
      submitter_id: 8,
      tags: ['payout', 'brazil'],
      via: { channel: 'web' },
      priority: 'high',
      status: 'open',
      satisfaction_rating: { score: 'bad' },
      custom_fields: [{ id: 1, value: 'x' }],
      created_at: '2024-03-05T10:11:12Z',
      updated_at: '2024-03-06T10:11:12Z',
      my_own_field: 'gold',
    });
    expect(knownExport(Object.keys(said))).toBe('zendesk');
    expect(targets(Object.keys(said), [said])).toEqual({
      id: 'id',
      subject: 'title',
      description: 'text',
      requester_id: 'author',
      created_at: 'ts',
      updated_at: 'updated_at',
    });
    expect(dimensions(Object.keys(said), [said])).toEqual([
      'tags',
      'via.channel',
      'priority',
      'status',
      'satisfaction_rating.score',
      'my_own_field',
    ]);
    expect(said.tags).toBe('brazil, payout'); // the same tags in another order are the same value
  });

  test('Zendesk, a view; its subject is the text when there is no other', () => {
    const columns = ['ID', 'Ticket status', 'Subject', 'Requester', 'Created at', 'Updated at', 'Group', 'Assignee'];
    expect(knownExport(columns)).toBe('zendesk');
    expect(targets(columns)).toEqual({
      ID: 'id',
      Subject: 'text',
      Requester: 'author',
      'Created at': 'ts',
      'Updated at': 'updated_at',
    });
  });

  test('Freshdesk, its API and its list', () => {
    const api = [
      'id',
      'subject',
      'description',
      'description_text',
      'status',
      'priority',
      'source',
      'type',
      'requester_id',
      'responder_id',
      'fr_due_by',
      'tags',
      'created_at',
      'updated_at',
    ];
    expect(knownExport(api)).toBe('freshdesk');
    expect(targets(api)).toMatchObject({ description_text: 'text', requester_id: 'author', created_at: 'ts' });
    expect(suggestMapping(api, []).description).toBe('ignore');
    const list = [
      'Ticket ID',
      'Subject',
      'Status',
      'Priority',
      'Source',
      'Type',
      'Agent',
      'Group',
      'Created time',
      'Due by Time',
      'Last update time',
      'Tags',
      'Full name',
      'Email',
      'Contact ID',
    ];
    expect(knownExport(list)).toBe('freshdesk');
    expect(targets(list)).toEqual({
      'Ticket ID': 'id',
      Subject: 'text',
      'Created time': 'ts',
      'Last update time': 'updated_at',
      'Contact ID': 'author',
    });
  });

  test('Intercom, its API and its messages', () => {
    const said = row({
      type: 'conversation',
      id: '1',
      created_at: 1_709_633_472,
      updated_at: 1_709_633_999,
      state: 'open',
      source: {
        type: 'conversation',
        id: '9',
        delivered_as: 'customer_initiated',
        subject: '',
        body: '<p>Hello</p>',
        author: { type: 'user', id: 'u1', name: 'Ana', email: 'a@b.c' },
      },
      tags: {
        type: 'tag.list',
        tags: [
          { id: '2', name: 'payout' },
          { id: '1', name: 'app' },
        ],
      },
      conversation_rating: { rating: 4 },
    });
    expect(knownExport(Object.keys(said))).toBe('intercom');
    expect(targets(Object.keys(said), [said])).toEqual({
      id: 'id',
      created_at: 'ts',
      updated_at: 'updated_at',
      'source.body': 'text',
      'source.subject': 'title',
      'source.author.id': 'author',
      'conversation_rating.rating': 'rating',
    });
    expect(said['tags.tags']).toBe('app, payout');
    const messages = [
      'message_id',
      'message_body',
      'message_type',
      'message_created_at',
      'message_author_id',
      'conversation_id',
      'conversation_tags',
    ];
    expect(knownExport(messages)).toBe('intercom');
    expect(targets(messages)).toEqual({
      message_id: 'id',
      message_body: 'text',
      message_created_at: 'ts',
      message_author_id: 'author',
    });
  });

  test('Coop and Ozone', () => {
    const coop = row({
      reporter: { kind: 'user', typeId: 'u', id: 'r7' },
      reportedAt: '2024-01-15T10:30:00Z',
      reportedForReason: { policyId: 'spam', reason: 'It is spam', csam: false },
      reportedItem: { id: 'i1', typeId: 'post', data: { text: 'Buy now' } },
    });
    expect(knownExport(Object.keys(coop))).toBe('coop');
    expect(targets(Object.keys(coop), [coop])).toEqual({
      'reporter.id': 'author',
      reportedAt: 'ts',
      'reportedForReason.reason': 'text',
    });
    const ozone = row({
      id: 7,
      event: {
        $type: 'tools.ozone.moderation.defs#modEventReport',
        comment: 'Spam again',
        reportType: 'com.atproto.moderation.defs#reasonSpam',
      },
      subject: { $type: 'com.atproto.admin.defs#repoRef', did: 'did:plc:x' },
      subjectBlobCids: [],
      createdBy: 'did:plc:y',
      createdAt: '2024-03-05T10:11:12Z',
    });
    expect(knownExport(Object.keys(ozone))).toBe('ozone');
    expect(targets(Object.keys(ozone), [ozone])).toEqual({
      id: 'id',
      'event.comment': 'text',
      createdBy: 'author',
      createdAt: 'ts',
    });
    expect(dimensions(Object.keys(ozone), [ozone])).toEqual(['event.$type', 'event.reportType', 'subject.$type']);
    expect(knownExport(['id', 'reasonType', 'reason', 'subject.did', 'reportedBy', 'createdAt'])).toBe('ozone');
  });

  test("is nobody's when its marks are not there", () => {
    for (const columns of [[], ['id', 'text', 'created_at'], ['Star Rating', 'Review Text'], ['ID', 'Subject']]) {
      expect(knownExport(columns)).toBe(null);
    }
  });

  test('columns that contradict their name lose their place', () => {
    const rows = ['bad', 'good', 'bad'].map((rating) => ({ 'attributes.rating': rating }));
    const columns = [
      'id',
      'attributes.rating',
      'attributes.reviewerNickname',
      'attributes.createdDate',
      'attributes.body',
    ];
    expect(suggestMapping(columns, rows)['attributes.rating']).toBe('ignore');
  });
});

test.each([
  ['https://play.google.com/apps/publish?account=7#ReviewDetailsPlace:p=a.b&reviewid=gp:AOqpTO_-x', 'gp:AOqpTO_-x'],
  [
    'https://play.google.com/console/u/0/developers/7/app/8/user-feedback/review-details?reviewId=gp%3AAOqp&corpus=x',
    'gp:AOqp',
  ],
  ['https://play.google.com/x?reviewId=%zz', '%zz'],
  ['https://a.example/7', 'https://a.example/7'],
  ['reviewid=7', 'reviewid=7'],
])('of the id %s lasts %s', (id, lasting) => expect(lastingId(id)).toBe(lasting));

describe('day and month', () => {
  test.each([
    [['03/04/2024', '25/12/2024'], 'dmy'],
    [['03/04/2024', '12/25/2024 10:00 PM'], 'mdy'],
    [['25/12/2024', '12/25/2024'], 'ambiguous'],
    [['03/04/2024', '05/05/2024', null, ''], 'ambiguous'],
    [['2024-03-04', '2024/12/25'], 'ymd'],
    [['2024-03-04', '25-12-2024'], 'dmy'],
    [['03.04.2024'], 'dmy'],
    [['31/31/2024', 'soon', 7, null], 'ambiguous'],
    [['soon', 1_709_633_472], null],
  ] as const)('of %j are %s', (values, order) => expect(momentOrder(values)).toBe(order));

  test('one that the column settles is read, one that contradicts it is refused', () => {
    const day = (said: string, order: 'dmy' | 'mdy' | 'ambiguous') => {
      const read = parseMoment(said, order);
      return 'at' in read ? read.at.toISOString().slice(0, 10) : read.reason;
    };
    expect(day('03/04/2024', 'dmy')).toBe('2024-04-03');
    expect(day('03/04/2024', 'mdy')).toBe('2024-03-04');
    expect(day('03.04.2024', 'mdy')).toBe('2024-04-03');
    expect(day('12/25/2024', 'dmy')).toContain('not a time that we know');
    expect(day('03/04/2024', 'ambiguous')).toContain('can be 3 April or 4 March');
  });

  test('an offset that no clock has is refused', () => {
    for (const zone of ['+99:99', '-15:00', '+05:60', '+1401'])
      expect(parseMoment(`2024-03-05T10:00:00${zone}`)).toHaveProperty('reason');
    expect(parseMoment('2024-03-05T10:00:00+14:00')).toEqual({ at: new Date(Date.UTC(2024, 2, 4, 20)) });
    expect(parseMoment('2024-03-05T10:00:00-12')).toEqual({ at: new Date(Date.UTC(2024, 2, 5, 22)) });
  });
});
