import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeys } from './keys.tsx';
import { KeysFoot } from './keys-foot.tsx';
import { changeKeys, resetKeys } from './shortcuts.ts';

const heard: string[] = [];
beforeEach(() => {
  localStorage.clear();
  resetKeys();
  heard.splice(0);
});
afterEach(cleanup);

function Bound() {
  useKeys([
    { name: 'issues.confirm', label: 'confirm', run: () => heard.push('confirm') },
    { name: 'issues.dismiss', label: 'dismiss', run: () => heard.push('dismiss') },
  ]);
  return (
    <>
      <button type="button">
        Confirm <KeyHint of="issues.confirm" />
      </button>
      <KeysFoot />
    </>
  );
}
const press = (key: string) => fireEvent.keyDown(document.body, { key });

test('a changed key does it, the shipped one no more, and both places that show it say so', () => {
  const { again } = show(<Bound />);
  changeKeys('issues.confirm', 'y');
  again(<Bound />);
  press('c');
  press('y');
  expect(heard).toEqual(['confirm']);
  expect(screen.getByRole('button').textContent).toBe('Confirm y');
  expect(screen.getByRole('list').textContent).toContain('y confirm');
});

test('one that is turned off does nothing and is shown nowhere; the others go on', () => {
  const { again } = show(<Bound />);
  changeKeys('issues.confirm', '');
  again(<Bound />);
  press('c');
  press('d');
  expect(heard).toEqual(['dismiss']);
  expect(screen.getByRole('button').textContent).toBe('Confirm ');
  expect(screen.getByRole('list').textContent).not.toContain('confirm');
});

test('a sequence may take the place of a single key', () => {
  const { again } = show(<Bound />);
  changeKeys('issues.confirm', 'q q');
  again(<Bound />);
  press('q');
  press('q');
  expect(heard).toEqual(['confirm']);
});
