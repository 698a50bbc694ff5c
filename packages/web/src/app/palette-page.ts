/**
 * What can be pressed on the page below, by the names that its buttons have: so every action of every screen can be called,
 * also one of a screen that offers none by itself. Rows of lists are left out: they are gone to, not pressed.
 */
export interface Pressable {
  readonly label: string;
  readonly press: () => void;
}

const PRESSABLE = 'button:not([disabled]), a.btn, .list-tools a.link';
const NOT_HERE =
  '[data-row], tbody, [role="listbox"], [role="menu"], [aria-hidden="true"], [aria-disabled="true"], [hidden]';

/** As a screen reader would say it, without hints of keys and without counts. */
function nameOf(element: Element): string {
  const said = element.getAttribute('aria-label');
  if (said) return said.trim();
  const copy = element.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll('[aria-hidden="true"], .count, kbd, svg')) part.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Of two of one name the first is taken. `known` are offered otherwise. */
export function pressables(page: ParentNode, known: ReadonlySet<string>): readonly Pressable[] {
  const found = new Map<string, Pressable>();
  for (const element of page.querySelectorAll<HTMLElement>(PRESSABLE)) {
    if (element.closest(NOT_HERE)) continue;
    const label = nameOf(element);
    if (label === '' || known.has(label) || found.has(label)) continue;
    found.set(label, { label, press: () => press(element) });
  }
  return [...found.values()];
}

/** It may have gone meanwhile: then there is nothing to press. */
function press(element: HTMLElement): void {
  if (!element.isConnected) return;
  element.focus();
  element.click();
}
