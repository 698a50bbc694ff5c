/// <reference lib="dom" />
/** What is asked of a page about its language, from inside it: each of these may use nothing from outside itself. */

/** Texts with plain letters: on a page that speaks the language of `pseudo.ts` nobody has put them into the locale. */
export function bareTexts(): string[] {
  // people's words, names and codes, what `Intl` says, keys, and what is in a language of its own
  const OWN =
    'bdi, time, code, pre, kbd, .mono, .lang, [lang]:not(html), [aria-hidden="true"], script, style, noscript, canvas, svg';
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'language', fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const languages = new Set(letters.flatMap((one) => letters.map((other) => names.of(one + other) ?? '')));
  const bare = (text: string): boolean => {
    if (languages.has(text)) return false;
    let said = text;
    for (let before = ''; before !== said; ) [before, said] = [said, said.replace(/‹[^‹›]*›/g, '')];
    return /[A-Za-z]{2,}/.test(said);
  };
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement!;
    const text = node.textContent!.trim();
    if (text !== '' && !element.closest(OWN) && element.checkVisibility() && bare(text))
      found.push(
        `not of the language: “${text.slice(0, 60)}” in ${element.tagName.toLowerCase()}.${element.className}`,
      );
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name) ?? '';
      // the title of a value is the value itself, that of a language its tag
      const value = name === 'title' && (element.querySelector('bdi, .lang') !== null || /^[a-z]{2,3}$/.test(text));
      if (!value && !element.closest(OWN) && bare(text))
        found.push(`not of the language: ${name}=“${text.slice(0, 60)}”`);
    }
  return found;
}

/** Whether the page is mirrored: the side bar on the right, icons that point turned around, no text pinned to the left. */
export function mirrored(): string[] {
  const found: string[] = [];
  if (document.documentElement.dir !== 'rtl') found.push('the page reads from the left');
  const bar = document.querySelector('nav');
  const box = bar?.getBoundingClientRect();
  if (box && bar!.checkVisibility() && box.width < innerWidth / 2 && box.left < innerWidth / 2)
    found.push('the side bar is on the left');
  for (const icon of document.querySelectorAll<SVGElement>('svg.points'))
    if (
      icon.checkVisibility() &&
      !/^matrix\(-1/.test(getComputedStyle(icon).transform) &&
      getComputedStyle(icon).scale !== '-1 1'
    )
      found.push('an icon that points is not turned around');
  for (const element of document.querySelectorAll<HTMLElement>('main *')) {
    const { textAlign, direction } = getComputedStyle(element);
    if (textAlign === 'left' && direction === 'rtl' && element.checkVisibility() && element.textContent!.trim() !== '')
      found.push(`pinned to the left: “${element.textContent!.trim().slice(0, 40)}”`);
  }
  return [...new Set(found)];
}

/** Codes and keys in a text of the other direction that could turn its order around. */
export function mixedDirections(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('.mono, code, kbd')) {
    if (!element.checkVisibility() || !/[A-Za-z]/.test(element.textContent ?? '')) continue;
    const { direction, unicodeBidi } = getComputedStyle(element);
    const block = getComputedStyle(element).display !== 'inline';
    if (direction === 'rtl' && !/isolate|plaintext/.test(unicodeBidi) && !block)
      found.push(`a code in the order of the line: “${element.textContent!.slice(0, 40)}”`);
  }
  return [...new Set(found)];
}
