import { afterEach, expect, test } from 'vitest';
import { pressables } from './palette-page.ts';

afterEach(() => document.body.replaceChildren());

const page = (html: string) => {
  document.body.innerHTML = `<main>${html}</main>`;
  return document.querySelector('main')!;
};
const labels = (html: string, known: string[] = []) => pressables(page(html), new Set(known)).map(({ label }) => label);

test('every button of the page is found by its name, without hints of keys and counts', () => {
  const html = `
    <button>Merge <span aria-hidden="true"><kbd>m</kbd></span></button>
    <button>Teams <span class="count">3</span></button>
    <button aria-label="Change the team Payouts">Change</button>
    <a class="btn" href="/x">Debrief</a>`;
  expect(labels(html)).toEqual(['Merge', 'Teams', 'Change the team Payouts', 'Debrief']);
});

test('what cannot be pressed, has no name, stands in a row or is offered already is left out; of two alike the first stays', () => {
  const html = `
    <button disabled>Off</button><button><svg></svg></button><button>Export</button>
    <table><tbody><tr><td><button>In a table</button></td></tr></tbody></table>
    <ul><li data-row="1"><button>In a row</button></li></ul>
    <div aria-hidden="true"><button>Unseen</button></div>
    <button>Undo</button><button>Undo</button>`;
  expect(labels(html, ['Export'])).toEqual(['Undo']);
});

test('it presses what was found, with the focus on it, and nothing that has gone', () => {
  const heard: string[] = [];
  const main = page('<button>One</button>');
  const button = main.querySelector('button')!;
  button.addEventListener('click', () => heard.push(document.activeElement === button ? 'focused' : 'not focused'));
  const [one] = pressables(main, new Set());
  one!.press();
  button.remove();
  one!.press();
  expect(heard).toEqual(['focused']);
});
