import { describe, expect, test } from 'vitest';
import { sniff } from './index.ts';
import { readingOf, rowsIn } from './made-chunks.ts';

/** Written by iconv from the words beside them: `printf 'id;text\\n1;…\\n' | iconv -t CP1251 | base64`. */
const KNOWN: readonly (readonly [encoding: string, words: string, file: string])[] = [
  [
    'shift_jis',
    '先週の支払いがまだ届いていません。アプリが落ちます。',
    'aWQ7dGV4dAoxO5Dmj1SCzI54laWCooKqgtyCvpPNgqKCxIKigtyCuYLxgUKDQYN2g4qCqpeOgr+C3IK3gUIKMjuDjYNPg0ODk4LFgquCyIKiCg==',
  ],
  [
    'euc-kr',
    '지난주 정산금이 아직 들어오지 않았습니다. 앱이 자꾸 꺼져요.',
    'aWQ7dGV4dAoxO8H2s63B1iDBpLvqsd3AzCC+xsH3ILXpvu6/wMH2IL7KvtK9wLTPtNkuIL7bwMwgwNqy2SCyqMGuv+QuCjI7t86x18DOwMwgvsggtcu0z7TZCg==',
  ],
  [
    'gb18030',
    '上周的付款还没有到账，应用一直崩溃。',
    'aWQ7dGV4dAoxO8nP1ty1xLi2v+67ucO709C1vdXLo6zTptPD0rvWsbHAwKOhowoyO87et6i1x8K8ztK1xNXKu6ejrMfrsO/Dpr+00rvPwgo=',
  ],
  [
    'windows-1251',
    'Выплата за прошлую неделю так и не пришла, приложение падает.',
    'aWQ7dGV4dAoxO8L77+vg8uAg5+Ag7/Du+Ovz/iDt5eTl6/4g8uDqIOgg7eUg7/Do+OvgLCDv8Ojr7ubl7ejlIO/g5ODl8i4KMjvN5SDs7uPzIOLu6fLoIOIg4Orq4PPt8go=',
  ],
  [
    'windows-1256',
    'لم يصل الدفع الأسبوع الماضي والتطبيق يتعطل باستمرار',
    'aWQ7dGV4dAoxO+HjIO3V4SDH4c/d2iDH4cPTyObaIMfh48fW7SDmx+HK2Mjt3iDtytrY4SDIx9PK49HH0QoyO+HHIMPTytjt2iDK08zt4SDH4c/O5uEK',
  ],
  [
    'windows-1252',
    'Die Auszahlung für größere Beträge kam nicht, très déçu, señor',
    'aWQ7dGV4dAoxO0RpZSBBdXN6YWhsdW5nIGb8ciBncvbfZXJlIEJldHLkZ2Uga2FtIG5pY2h0LCB0cuhzIGTp53UsIHNl8W9yCjI7R3L232UK',
  ],
];

const UNKNOWN = {
  'windows-1253':
    'aWQsdGV4dAoxLMcg8Ovn8fns3iD05/Ig8OXx4fPs3e3n8iDl4uTv7Nzk4fIg5OXtIN329OHz5QoyLMTl7SDs8O/x/iDt4SDz9e3k5ej+Cg==',
  'windows-1255': 'aWQsdGV4dAoxLOT6+ezl7SD57CDk+eHl8iD58uH4IOzgIOTi6fIKMizs4CDu9uzp5yDs5Prn4fgK',
  big5: 'aWQsdGV4dAoxLKRXtmequqVJtNrB2ahTprOo7LFioUHAs6XOtXumoaRAqr237b73oUMKMiy1TKprtW6kSqfaqrqxYqThCg==',
};

describe('the encoding of a file', () => {
  test.each(KNOWN)('%s', async (encoding, words, file) => {
    const bytes = Buffer.from(file, 'base64');
    const form = sniff(bytes, 'a.csv');
    expect(form).toMatchObject({ encoding, delimiter: ';' });
    expect(form.doubt).toBeUndefined();
    for (const sizes of [[], [1], [3]]) {
      const { rows } = await readingOf(rowsIn(bytes, form, { sizes }));
      expect(rows[0]).toMatchObject({ cells: { id: '1', text: words } });
      expect(rows.at(-1)!.after).toBe(bytes.length);
    }
  });

  test.each(Object.entries(UNKNOWN))('%s is not guessed: it is said that letters will be lost', (_, file) => {
    const form = sniff(Buffer.from(file, 'base64'), 'a.csv');
    expect(form).toMatchObject({ encoding: 'utf-8', doubt: expect.stringContaining('Save it as UTF-8') });
  });

  test.each([
    ['Latin words', 'id,text\n1,größer und schöner\n2,fine\n'],
    ['Chinese words', 'id,text\n1,上周的付款还没有到账，应用一直崩溃。\n2,无法登录我的帐户\n'],
    ['Arabic words', 'id,text\n1,لم يصل الدفع الأسبوع الماضي\n2,لا أستطيع\n'],
  ])('UTF-16 with its mark and without, %s', async (_, said) => {
    for (const text of [said, `\uFEFF${said}`]) {
      const little = Buffer.from(text, 'utf16le');
      const big = Buffer.from(little).swap16();
      for (const [encoding, file] of [
        ['utf-16le', little],
        ['utf-16be', big],
      ] as const) {
        const form = sniff(file, 'a.csv');
        expect(form.encoding).toBe(encoding);
        const { rows } = await readingOf(rowsIn(file, form, { sizes: [5] }));
        expect(rows[0]).toMatchObject({ cells: { id: '1', text: said.split('\n')[1]!.slice(2) } });
      }
    }
  });

  test('UTF-8 stays UTF-8 with a wrong byte, in every script, and with NULs in it', () => {
    for (const text of [
      'größer 先週の支払い',
      'Выплата за прошлую',
      '😀😀😀😀',
      `ää${'words and more '.repeat(20)}\0a\0`,
    ]) {
      const file = Buffer.concat([Buffer.from(`id,text\n1,${text.repeat(5)}\n`), Buffer.of(0xff, 0x0a)]);
      expect(sniff(file, 'a.csv')).toMatchObject({ encoding: 'utf-8' });
    }
  });

  test('a list that is not in UTF-8 is refused where its letters hold brackets', () => {
    const letters = Buffer.from(KNOWN[0]![2], 'base64').subarray(10, 60);
    const file = Buffer.concat([Buffer.from('[{"a":"'), letters, Buffer.from('"}]')]);
    expect(() => sniff(file, 'a.json')).toThrow('not in UTF-8');
  });
});
