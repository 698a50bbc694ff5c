import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { UserContent } from './user-content.tsx';

afterEach(cleanup);

const aText = (over: Partial<Parameters<typeof UserContent>[0]['content']> = {}) => ({
  id: '7b0c6a0e-9d0e-4d6e-8d0f-2f6d3c1a4b5c',
  text: 'The upload stops',
  title: null,
  exposure: 0,
  language: 'en',
  length: 16,
  ...over,
});

describe('words of users', () => {
  test('stand in a direction of their own and cannot turn the line around', () => {
    show(<UserContent content={aText({ text: '\u202eمرحبا', language: 'ar' })} />);
    const words = screen.getByText(/مرحبا/);
    expect(words.tagName).toBe('BDI');
    expect(words.getAttribute('dir')).toBe('auto');
    expect(words.getAttribute('lang')).toBe('ar');
  });

  test('are text and never markup', () => {
    const { container } = show(<UserContent content={aText({ text: '<img src=x onerror="alert(1)">' })} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('<img src=x');
  });

  test('show a mask, in words, for what was replaced on arrival, and nothing else looks like one', () => {
    const text = 'write to ⟦email⟧ or ⟦phone⟧, not ⟦that⟧';
    const { container } = show(<UserContent content={aText({ text })} marks={['email', 'write']} />);
    expect([...container.querySelectorAll('.masked')].map((mask) => mask.textContent)).toEqual([
      'mail address',
      'phone number',
    ]);
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['write']);
    expect(container.textContent).toContain('not ⟦that⟧');
  });

  test('keep every character when searched words are underlined', () => {
    const text = 'Stuck (at 99%) again. STUCK!';
    const { container } = show(<UserContent content={aText({ text })} marks={['stuck', '(at 99%)', 'x']} />);
    expect(container.querySelector('bdi')?.textContent).toBe(text);
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'Stuck',
      '(at 99%)',
      'STUCK',
    ]);
  });
});

describe('covered text', () => {
  const covered = aText({ text: null, exposure: 2, length: 214 });

  test('says how hard and how long it is, and nothing of what it says', () => {
    show(<UserContent content={covered} />);
    expect(screen.getByText(/214 characters/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('is loaded only by an act', async () => {
    let asked = 0;
    const reveal = async () => {
      asked++;
      return 'the covered words';
    };
    show(<UserContent content={covered} onReveal={reveal} />);
    expect(asked).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Show text' }));
    expect(await screen.findByText('the covered words')).toBeTruthy();
    expect(asked).toBe(1);
  });

  test('stays covered and says so when it cannot be loaded', async () => {
    show(<UserContent content={covered} onReveal={() => Promise.reject(new Error('no'))} />);
    fireEvent.click(screen.getByRole('button', { name: 'Show text' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Try again');
    expect(screen.getByText(/214 characters/)).toBeTruthy();
  });
});
