/** One question to the other side, as turns and tests ask it: within its hosts, within its time, and never believed blindly. */
import type { Net } from '../platform/net.ts';
import { type Adapter, type Ask, type Page, Problem, type Secrets, type Settings } from './adapter.ts';
import { asProblem } from './ask-json.ts';
import { hostIn } from './connector-settings.ts';

/** A page may take several questions and answers; whoever needs longer is not going to end. */
const PAGE_MS = 2 * 60_000;

/** The way out for this connector: to where its settings point, and to what belongs to its kind. */
export const netFor = (net: Net, adapter: Adapter, settings: Settings, secrets: Secrets): Net =>
  net.only([hostIn(settings), ...(adapter.hosts?.(settings, secrets) ?? [])].filter(Boolean));

export async function pollPage(adapter: Adapter, ask: Ask): Promise<Page> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, fail) => {
    const words = 'The other side did not finish one page within two minutes. Nothing was lost; it is asked again.';
    timer = setTimeout(() => fail(new Problem(words)), PAGE_MS);
  });
  try {
    const page = await Promise.race([adapter.poll(ask), tooLong]);
    if (page.cursor === null || page.cursor === undefined) {
      throw new Error(`The adapter "${adapter.kind}" gave no cursor: its next turn would begin anew.`);
    }
    // One that does not move would be asked for the same page without an end.
    const moved = JSON.stringify(page.cursor) !== JSON.stringify(ask.cursor);
    return { ...page, more: page.more && moved };
  } catch (error) {
    throw asProblem(error);
  } finally {
    clearTimeout(timer);
  }
}
