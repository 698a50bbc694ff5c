import { Shelf, Specimen } from './specimen.tsx';

const SIZES = ['--t-xs', '--t-sm', '--t-md', '--t-lg', '--t-xl', '--t-2xl'] as const;

/** What the style sheet itself names: a token that is added appears here. */
function colourTokens(): string[] {
  const names = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSStyleRule)
    .filter((rule) => rule.selectorText.includes('[data-theme="light"]'))
    .flatMap((rule) => [...rule.style].filter((name) => /^#|^rgb/.test(rule.style.getPropertyValue(name).trim())));
  return [...new Set(names)];
}

export function ColoursShelf() {
  return (
    <Shelf title="Tokens" why="the one place of colour and size: app/tokens.css">
      <Specimen of="Sizes of type" wide>
        <div className="stack tight">
          {SIZES.map((name) => (
            <p key={name} style={{ fontSize: `var(${name})` }}>
              <bdi dir="ltr">{name}</bdi> Six times as many people as expected
            </p>
          ))}
        </div>
      </Specimen>
      <Specimen of="Colours, in the theme that is on" wide>
        <ul className="swatches">
          {colourTokens().map((name) => (
            <li key={name} className="swatch">
              <i style={{ background: `var(${name})` }} /> <bdi dir="ltr">{name}</bdi>
            </li>
          ))}
        </ul>
      </Specimen>
    </Shelf>
  );
}
