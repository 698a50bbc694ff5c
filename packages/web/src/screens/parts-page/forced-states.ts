/**
 * Hover and focus, held still: every rule of ours that speaks of `:hover` or of a focus is read once more with a class in its
 * place. So a specimen shows what the style sheets really say, and changes with them.
 */
const FORCED: readonly (readonly [RegExp, string])[] = [
  [/:hover/g, '.is-hovered'],
  [/:focus-visible|:focus-within|:focus(?![-\w])/g, '.is-focused'],
];

export function forceStates(): void {
  const added = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).flatMap(forced);
  const style = document.createElement('style');
  style.textContent = added.join('\n');
  document.head.append(style);
}

function forced(rule: CSSRule): string[] {
  if (!(rule instanceof CSSStyleRule)) return [];
  return FORCED.filter(([state]) => rule.selectorText.search(state) >= 0).map(([state, name]) => {
    const selectors = rule.selectorText.split(/,(?![^(]*\))/).filter((one) => one.search(state) >= 0);
    return `${selectors.map((one) => one.replaceAll(state, name)).join(',')} { ${rule.style.cssText} }`;
  });
}
