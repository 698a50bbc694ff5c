/** A language that does not exist: every letter with an accent, two fifths longer, and what is filled in marked as such. */

type Texts = { readonly [key: string]: string | Texts };

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀćđéƒĝĥíĵķĺḿńóƥɋŕśţúṽŵẋýźÁƁĆĐÉƑĜĤÍĴĶĹḾŃÓƤɊŔŚŢÚṼŴẊÝŹ';
const LONGER = 0.4;

/**
 * @example
 * pseudo({ home: { since: 'Since {{when}}' } }); // { home: { since: '⟦Śíńćé ‹{{when}}›~~~⟧' } }
 */
export function pseudo(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? inPseudo(text) : pseudo(text)]),
  );
}

function inPseudo(text: string): string {
  // what is filled in and what is marked up stay as they are
  const said = text.replace(/(\{\{[^}]*\}\})|(<[^>]*>)|([a-zA-Z])/g, (whole, filled, mark) =>
    filled ? `‹${filled}›` : mark ? whole : ACCENTED[PLAIN.indexOf(whole)]!,
  );
  const length = text.replace(/\{\{[^}]*\}\}|<[^>]*>/g, '').length;
  return `⟦${said}${' ~~~'.repeat(Math.ceil((length * LONGER) / 4))}⟧`;
}
