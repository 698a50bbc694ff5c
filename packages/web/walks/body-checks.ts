/// <reference lib="dom" />
/** What is asked of a page from inside it. Each of these runs in the browser, so it may use nothing from outside itself. */

/** WCAG 1.4.10: what is wider than the page. Tables and charts may scroll within a region of their own. */
export function tooWide(): string[] {
  const page = document.documentElement;
  const width = page.clientWidth;
  if (page.scrollWidth <= width + 1) return [];
  const own = (element: Element): boolean => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return (right > width + 1 || left < -1) && right > left && !own(element);
  });
  const named = wide.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
  return [`${page.scrollWidth} px in ${width}: ${[...new Set(named)].slice(-4).join(' | ')}`];
}

/** WCAG 2.4.7 and 2.4.11: every stop of Tab looks different with the focus on it, and no bar lies over it. A key was pressed before. */
export function focusTrouble(): string[] {
  const name = (element: Element): string =>
    `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
  const look = (element: Element): string => {
    let said = '';
    for (let up: Element | null = element, i = 0; up && i < 4; up = up.parentElement, i++) {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
        getComputedStyle(up);
      said += `${outlineStyle}${outlineStyle === 'none' ? '' : outlineWidth + outlineColor}|${boxShadow}|${borderColor}|${backgroundColor};`;
    }
    // a link that covers its whole row shows the focus at the row, and the button beside an unseen file field at itself
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, '::after');
    const next = element.nextElementSibling;
    return `${said}|${outlineStyle} ${outlineWidth} ${boxShadow}|${next ? getComputedStyle(next).outlineStyle : ''}`;
  };
  const stops = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex], summary'),
  ].filter((element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility());
  const found: string[] = [];
  for (const stop of stops) {
    (document.activeElement as HTMLElement | null)?.blur();
    const before = look(stop);
    stop.focus();
    if (document.activeElement !== stop) continue;
    if (look(stop) === before) found.push(`no visible focus on ${name(stop)}`);
    const box = stop.getBoundingClientRect();
    if (box.width <= 2 || box.height <= 2) continue;
    const seen = [0.08, 0.5, 0.92].some((x) =>
      [0.15, 0.5, 0.85].some((y) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return (
          top !== null && (stop.contains(top) || top.contains(stop) || stop.closest('label')?.contains(top) === true)
        );
      }),
    );
    if (!seen) {
      const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const at = `${Math.round(box.left)}, ${Math.round(box.top)}`;
      found.push(`hidden while it has the focus: ${name(stop)} at ${at}, under ${over ? name(over) : 'the edge'}`);
    }
  }
  return found;
}

/** Marks what is cut off before the spacing of text is changed, so that only what is cut off by it counts. */
export function cutText(): string[] {
  const cut: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('main *, nav *, [role="dialog"] *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '');
    if (!own || element.closest('.unseen, [aria-hidden="true"], svg') || !element.checkVisibility()) continue;
    // What may be cut by its nature has its whole text elsewhere: one line of a list, a clamped text.
    const { overflowX, overflowY, webkitLineClamp, textOverflow } = getComputedStyle(element);
    if (webkitLineClamp !== 'none' || textOverflow === 'ellipsis') continue;
    const hides = (value: string): boolean => value === 'hidden' || value === 'clip';
    if (
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
    )
      cut.push(`cut off: “${element.textContent!.trim().slice(0, 50)}”`);
  }
  // a control whose words have grown out of it
  for (const control of document.querySelectorAll<HTMLElement>('.btn, .pill, .chip, .segments button'))
    if (control.checkVisibility() && control.clientWidth > 0 && control.scrollWidth > control.clientWidth + 2)
      cut.push(`grown out of its control: “${control.textContent!.trim().slice(0, 50)}”`);
  return cut;
}

/** WCAG 1.4.12, all four at once. */
export const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }';

/** What still moves although less motion was asked for. */
export function motion(): string[] {
  return document
    .getAnimations()
    .filter((one) => Number(one.effect?.getComputedTiming().activeDuration ?? 0) > 1)
    .map((one) => {
      const target = (one.effect as KeyframeEffect | null)?.target;
      return `${target?.tagName.toLowerCase()}.${target?.getAttribute('class')} moves`;
    });
}

/** One title, one first heading, one main; landmarks of one kind have names of their own. */
export function bearings(): { title: string; first: string[]; mains: number; twins: string[] } {
  const seen = (element: Element): boolean => (element as HTMLElement).checkVisibility();
  const names = [...document.querySelectorAll('nav, [role="search"], aside')]
    .filter(seen)
    .map((element) => `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? ''}`);
  return {
    title: document.title,
    first: [...document.querySelectorAll('h1')].filter(seen).map((heading) => heading.textContent!.trim()),
    mains: [...document.querySelectorAll('main')].filter(seen).length,
    twins: names.filter((one, index) => names.indexOf(one) !== index),
  };
}

/** What an element stands on. */
export const ground = (element: Element): string => getComputedStyle(element).backgroundColor;
