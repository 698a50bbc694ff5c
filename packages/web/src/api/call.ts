/** The one caller of the server in the browser: same origin, cookie session, CSRF word with every write. */
import { type Call, createClient, Refusal } from '@groundswell/contract';
import { worldHeaders } from './world.ts';

let csrf = '';

/** Called by the session query: the word changes with every sign-in. */
export function rememberCsrf(word: string): void {
  csrf = word;
}

/** With every call, however it is made: who we are, and which world we stand in. */
export const callHeaders = (): Record<string, string> => ({
  ...(csrf ? { 'x-groundswell-csrf': csrf } : {}),
  ...worldHeaders(),
});

export const call: Call = createClient({ baseUrl: '', headers: callHeaders });

/** Whether an error is the foreseen no with this code. Screens compare codes, never messages. */
export function isRefusal(error: unknown, code: Refusal['code']): boolean {
  return error instanceof Refusal && error.code === code;
}
