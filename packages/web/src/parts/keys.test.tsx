import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { useKeys } from './keys.tsx';
import { KeysOverlay } from './keys-foot.tsx';
import { SHORTCUTS } from './shortcuts.ts';

afterEach(cleanup);
beforeEach(() => localStorage.clear());

const heard: string[] = [];
beforeEach(() => heard.splice(0));

function Bound() {
  useKeys(
    (['list.next', 'list.open', 'help', 'go.home'] as const).map((name) => {
      const { keys } = SHORTCUTS[name];
      return { name, label: `does ${keys}`, run: () => heard.push(keys) };
    }),
  );
  return (
    <>
      <input aria-label="field" />
      <input type="checkbox" aria-label="box" />
      <textarea aria-label="area" />
      <select aria-label="choice" />
      <div contentEditable="true" data-testid="editable" suppressContentEditableWarning />
      <a href="#there">a place to go</a>
    </>
  );
}

const press = (key: string, at: Element = document.body, over = {}) => fireEvent.keyDown(at, { key, ...over });

describe('the keyboard layer', () => {
  test('hears single keys and sequences of two', () => {
    show(<Bound />);
    press('j');
    press('g');
    press('h');
    press('?');
    expect(heard).toEqual(['j', 'g h', '?']);
  });

  test.each(['field', 'area', 'choice'])('never fires in a %s', (name) => {
    show(<Bound />);
    press('j', screen.getByLabelText(name));
    expect(heard).toEqual([]);
  });

  test('goes on in a box that was ticked: it takes no letters', () => {
    show(<Bound />);
    press('j', screen.getByLabelText('box'));
    expect(heard).toEqual(['j']);
  });

  test('never fires where text is edited in place', () => {
    show(<Bound />);
    press('j', screen.getByTestId('editable'));
    expect(heard).toEqual([]);
  });

  test.each(['ctrlKey', 'metaKey', 'altKey'])('leaves keys held with %s to the browser', (held) => {
    show(<Bound />);
    press('j', document.body, { [held]: true });
    expect(heard).toEqual([]);
  });

  test('leaves Enter on a link to the link', () => {
    show(<Bound />);
    press('Enter', screen.getByText('a place to go'));
    press('Enter');
    expect(heard).toEqual(['Enter']);
  });

  test('forgets the first key of a sequence when another follows', () => {
    show(<Bound />);
    press('g');
    press('j');
    press('h');
    expect(heard).toEqual(['j']);
  });

  test('is silent under a dialog', () => {
    show(
      <>
        <Bound />
        <div role="dialog" aria-modal="true" aria-label="a dialog" />
      </>,
    );
    press('j');
    expect(heard).toEqual([]);
  });

  test('goes with the screen that bound it', () => {
    const { again } = show(<Bound />);
    again(<p>another screen</p>);
    press('j');
    expect(heard).toEqual([]);
  });

  test('can be turned off, and stays off', () => {
    const { again } = show(
      <>
        <Bound />
        <KeysOverlay opened onClose={() => {}} />
      </>,
    );
    fireEvent.click(screen.getByRole('switch', { name: /single keys/ }));
    again(<Bound />);
    press('j');
    expect(heard).toEqual([]);
    expect(localStorage.getItem('groundswell.keys')).toBe('off');
  });
});
