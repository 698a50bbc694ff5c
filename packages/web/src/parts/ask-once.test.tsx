import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { show } from '../../test/frame.tsx';
import { AskOnce } from './ask-once.tsx';

afterEach(cleanup);

test('says what follows before it acts; the focus goes to the way out and comes back', () => {
  const onSure = vi.fn();
  show(<AskOnce act="Withdraw" why="It counts no more." sure="Withdraw it" busy={false} onSure={onSure} />);
  expect(document.activeElement).toBe(document.body);
  fireEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
  screen.getByText('It counts no more.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Withdraw' }));
  expect(onSure).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
  fireEvent.click(screen.getByRole('button', { name: 'Withdraw it' }));
  expect(onSure).toHaveBeenCalledTimes(1);
});
