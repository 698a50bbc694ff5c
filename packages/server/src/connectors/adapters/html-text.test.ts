import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlText } from './html-text.ts';

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['a<br>b<br/>c', 'a\nb\nc'],
  ['<div>The <b>login</b>   fails &amp;\n shows &lt;err&gt;</div>', 'The login fails & shows <err>'],
  ['<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
  ['5 < 6 and a<b', '5 < 6 and a'],
  ['<style>p{color:red}</style><script>if (a > b) {}</script><p>seen</p>', 'seen'],
  ['<!-- not this --><p title="a > b">this</p>', 'this'],
  ['<p title="never closed>still here</p> after', 'still here\n\nafter'],
  ['caf&eacute; &#8364; &#x1F600; &unknown; &#0; &#x110000;', 'café € 😀 &unknown; \ufffd \ufffd'],
  ['<p>I say</p><blockquote>you said<br>much</blockquote><p>so there</p>', 'I say\n\n> you said\n> much\n\nso there'],
  ['مرحبا&nbsp;<b>بكم</b>', 'مرحبا بكم'],
  ['<scr<script>x</script>ipt>y', 'xipt>y'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['', ''],
])('%s', (html, text) => {
  expect(htmlText(html)).toBe(text);
});

test('whatever comes is read in the time of its length', () => {
  const long = ['<a "', '<', '<!--', '<script>', '<blockquote>', '&#', '<p title="', '</p', '&amp;'];
  for (const part of long) {
    const started = performance.now();
    htmlText(part.repeat(400_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  }
});

test('no tag that is whole is left in what it says', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b a="',
    '">',
    '<',
    '>',
    '"',
    "'",
    'word',
    ' ',
    '<!--',
    '-->',
    '<br/>',
    '&lt;',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const source = pieces.filter((one) => one !== '&lt;').join('');
      expect(htmlText(source)).not.toMatch(/<\/?(?:p|b|br)\b[^<>"']*>/);
      htmlText(pieces.join(''));
    }),
  );
});
