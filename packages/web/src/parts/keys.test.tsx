import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

  test('hears a sequence on a page that is busy, and forgets a first key that nothing follows', () => {
    show(<Bound />);
    const pressedAt = (key: string, ms: number) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true });
      Object.defineProperty(event, 'timeStamp', { value: ms });
      document.body.dispatchEvent(event);
    };
    vi.useFakeTimers({ toFake: ['performance'] });
    pressedAt('g', 0); // the page was drawing for two seconds, and hears both only now
    pressedAt('h', 2_000);
    expect(heard).toEqual(['g h']);
    pressedAt('g', 3_000);
    vi.advanceTimersByTime(2_000); // drawing again, between the two
    pressedAt('h', 3_100);
    expect(heard).toEqual(['g h', 'g h']);
    pressedAt('g', 6_000);
    vi.advanceTimersByTime(2_000);
    pressedAt('h', 8_000);
    expect(heard, 'forgotten').toEqual(['g h', 'g h']);
    vi.useRealTimers();
  });

  test('draws nobody who binds keys again when another does', () => {
    let drawn = 0;
    const Counting = () => {
      drawn++;
      useKeys([{ name: 'list.next', label: 'next', run: () => heard.push('j') }]);
      return null;
    };
    const counting = <Counting />;
    const { again } = show(counting);
    const before = drawn;
    again(
      <>
        {counting}
        <Bound />
      </>,
    );
    expect(drawn - before, 'once, as it stands elsewhere now').toBeLessThanOrEqual(1);
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
