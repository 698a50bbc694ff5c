import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '../../test/frame.tsx';

/** What the server would say; the door is the only screen that is reached here. */
let session = { me: null, setUp: true };
const asked: string[] = [];

beforeEach(() => {
  vi.resetModules(); // the client takes `fetch` once, when it is made
  asked.splice(0);
  globalThis.scrollTo = () => {};
  globalThis.fetch = async (input) => {
    asked.push(String(input));
    return new Response(JSON.stringify(session), { status: 200 });
  };
});
afterEach(cleanup);

async function open(address: string) {
  globalThis.history.pushState(null, '', address);
  const [{ Providers }, { startWords }] = await Promise.all([import('./providers.tsx'), import('./i18n.ts')]);
  await startWords();
  render(<Providers />);
}

test('a stranger comes to the door, and the door remembers where they were going', async () => {
  session = { me: null, setUp: true };
  await open('/issues?group=closed');
  await screen.findByRole('heading', { name: 'Sign in' }, { timeout: 15_000 });
  expect(globalThis.location.pathname).toBe('/sign-in');
  expect(new URLSearchParams(globalThis.location.search).get('to')).toBe('/issues?group=closed');
  expect(asked.length).toBeLessThan(5);
});

test('before the first account exists, the door says what to do instead of asking for a password', async () => {
  session = { me: null, setUp: false };
  await open('/');
  await screen.findByText(/Open the link that Groundswell printed/, {}, { timeout: 15_000 });
  expect(globalThis.location.pathname).toBe('/setup');
});
