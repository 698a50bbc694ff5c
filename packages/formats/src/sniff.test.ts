import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMoment, sniff, suggestMapping, Unreadable } from './index.ts';

const form = (text: string, name = 'file') => sniff(Buffer.from(text), name);

describe('the form of a file', () => {
  test('is found by its content', () => {
    expect(form('{"a":1}\n')).toMatchObject({ format: 'jsonl', encoding: 'utf-8' });
    expect(form('a;b;c\n1,5;2;3\n')).toMatchObject({ format: 'csv', delimiter: ';' });
    expect(form('a\tb\n1,2\t3,4\n')).toMatchObject({ format: 'tsv', delimiter: '\t' });
    expect(form('text,n\n"a;b;c;d",1\n"e;f;g;h",2\n')).toMatchObject({ delimiter: ',' });
    expect(form('just one column\nhello, you\n')).toMatchObject({ format: 'csv', delimiter: ',' });
    expect(sniff(Buffer.from('a,b\n1,2\n', 'utf16le'), 'no-mark.csv')).toMatchObject({ encoding: 'utf-16le' });
  });

  test('a cut letter at the end of the head and one wrong byte do not hide UTF-8', () => {
    const text = Buffer.from('a,b\nä,ö\nü,é\nñ,ß\nà,â\nç,è\nê,ë\nî,ï\n');
    expect(sniff(Buffer.concat([text, Buffer.of(0xff, 0x0a, 0xc3)]), 'a.csv').encoding).toBe('utf-8');
    expect(sniff(Buffer.from('a,b\ngrößer,schön\n', 'latin1'), 'a.csv').encoding).toBe('windows-1252');
  });

  test.each([
    ['a zip', Buffer.from('PK\u0003\u0004rest'), 'zip archive'],
    ['gzip in gzip', gzipSync(gzipSync('a,b')), 'twice'],
    ['pdf', Buffer.from('%PDF-1.7'), 'PDF'],
    ['a picture', Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7) % 32)), 'not a text'],
    ['nothing', Buffer.from('\uFEFF \n'), 'empty'],
    ['a JSON list of words', Buffer.from('["a"]'), 'one object per line'],
    ['XML', Buffer.from('<?xml version="1.0"?>'), 'XML'],
  ])('%s is refused with what to do', (_, head, words) => {
    expect(() => sniff(head, 'a.csv')).toThrow(Unreadable);
    expect(() => sniff(head, 'a.csv')).toThrow(words);
  });
});

describe('moments', () => {
  const iso = (value: unknown) => {
    const read = parseMoment(value);
    return 'at' in read ? read.at.toISOString() : read.reason;
  };

  test.each([
    ['2024-03-05', '2024-03-05T00:00:00.000Z'],
    ['2024-03-05T10:11:12Z', '2024-03-05T10:11:12.000Z'],
    ['2024-03-05T10:11:12.5+02:00', '2024-03-05T08:11:12.500Z'],
    ['2024-03-05 10:11', '2024-03-05T10:11:00.000Z'],
    ['2024-03-05 10:11:12 UTC', '2024-03-05T10:11:12.000Z'],
    [1709633472, '2024-03-05T10:11:12.000Z'],
    ['1709633472000', '2024-03-05T10:11:12.000Z'],
    ['Tue, 05 Mar 2024 10:11:12 +0100', '2024-03-05T09:11:12.000Z'],
    ['Mar 5, 2024 at 1:05 PM', '2024-03-05T13:05:00.000Z'],
    ['25/12/2024', '2024-12-25T00:00:00.000Z'],
    ['12/25/2024 11:00 pm', '2024-12-25T23:00:00.000Z'],
    ['05.03.2024', '2024-03-05T00:00:00.000Z'],
  ])('%s', (said, at) => expect(iso(said)).toBe(at));

  test('what could be two days is refused with both', () => {
    expect(iso('03/04/2024')).toBe('"03/04/2024" can be 3 April or 4 March. Write it as 2024-MM-DD.');
  });

  test.each([
    '2024-02-30',
    '2024-13-01',
    '2024-03-05 25:00',
    'yesterday',
    '',
    null,
    '1709',
    '0099-01-01',
    '31/31/2024',
    true,
  ])('%s is none, in words', (said) => expect(parseMoment(said)).toHaveProperty('reason'));
});

test('whatever stands in a file, reading a moment and guessing columns never throws', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }).map(String),
  );
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), cell), { maxLength: 6 }), (rows) => {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      expect(Object.keys(suggestMapping(columns, rows)).sort()).toEqual([...columns].sort());
      for (const value of rows.flatMap((row) => Object.values(row))) {
        const read = parseMoment(value);
        if ('at' in read) expect(read.at.getTime()).not.toBeNaN();
      }
    }),
  );
});

describe('what the columns are', () => {
  test('Google Play', () => {
    const header =
      'Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link';
    const values = [
      'org.app',
      '412',
      '4.1.2',
      'en',
      'panther',
      '2024-03-05T10:11:12Z',
      '1709633472000',
      '2024-03-05T10:11:12Z',
      '1709633472000',
      '4',
      '',
      'Fine',
      '',
      '',
      '',
      'https://play.example/r?id=1',
    ];
    const columns = header.split(',');
    const row = Object.fromEntries(columns.map((column, i) => [column, values[i]!]));
    expect(suggestMapping(columns, [row])).toEqual({
      'Package Name': 'dimension',
      'App Version Code': 'dimension',
      'App Version Name': 'dimension',
      'Reviewer Language': 'language',
      Device: 'dimension',
      'Review Submit Date and Time': 'ignore',
      'Review Submit Millis Since Epoch': 'ts',
      'Review Last Update Date and Time': 'ignore',
      'Review Last Update Millis Since Epoch': 'updated_at',
      'Star Rating': 'rating',
      'Review Title': 'title',
      'Review Text': 'text',
      'Developer Reply Date and Time': 'ignore',
      'Developer Reply Millis Since Epoch': 'ignore',
      'Developer Reply Text': 'ignore',
      'Review Link': 'id',
    });
  });

  test('App Store, Zendesk, Freshdesk, Intercom', () => {
    const row = (columns: string[]) => suggestMapping(columns, []);
    expect(
      row([
        'id',
        'attributes.rating',
        'attributes.title',
        'attributes.body',
        'attributes.reviewerNickname',
        'attributes.createdDate',
      ]),
    ).toMatchObject({
      id: 'id',
      'attributes.rating': 'rating',
      'attributes.body': 'text',
      'attributes.createdDate': 'ts',
      'attributes.reviewerNickname': 'author',
    });
    expect(
      row(['id', 'subject', 'raw_subject', 'description', 'requester_id', 'created_at', 'updated_at', 'url']),
    ).toMatchObject({
      subject: 'title',
      raw_subject: 'ignore',
      description: 'text',
      requester_id: 'author',
      created_at: 'ts',
      updated_at: 'updated_at',
      url: 'ignore',
    });
    expect(row(['id', 'description', 'description_text', 'created_at'])).toMatchObject({
      description_text: 'text',
      description: 'ignore',
    });
    expect(row(['id', 'source.body', 'source.subject', 'source.author.id', 'created_at'])).toMatchObject({
      id: 'id',
      'source.body': 'text',
      'source.subject': 'title',
      'source.author.id': 'author',
    });
  });

  test('unknown names are judged by their values', () => {
    const rows = ['1', '3', '5'].map((n, i) => ({
      Wann: `2024-01-0${i + 1}`,
      Was: 'ein langer Satz über etwas',
      Note: n,
      Land: 'AT',
    }));
    expect(suggestMapping(['Wann', 'Was', 'Note', 'Land'], rows)).toEqual({
      Wann: 'ts',
      Was: 'text',
      Note: 'rating',
      Land: 'dimension',
    });
  });

  test('a name whose values contradict it does not count', () => {
    const rows = [{ date: 'soon', when: '2024-01-01', text: 'a' }];
    expect(suggestMapping(['date', 'when', 'text'], rows)).toMatchObject({ when: 'ts', date: 'dimension' });
  });
});
