import { cleanup, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { show } from '../../test/frame.tsx';
import { useGrowing } from './growing.ts';

afterEach(cleanup);

test('a long list is drawn in part first and whole right after, and at once for whoever comes back', async () => {
  const drawn: number[] = [];
  function List() {
    drawn.push(useGrowing(100, 6));
    return null;
  }
  const { unmount } = show(<List />);
  await waitFor(() => expect(drawn.at(-1)).toBe(100));
  expect(drawn[0]).toBe(6);
  unmount();
  drawn.splice(0);
  show(<List />);
  expect(drawn[0]).toBe(100);
});
