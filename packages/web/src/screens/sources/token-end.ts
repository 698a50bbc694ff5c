/** How long a token will still be heard. */
import { TOKEN_WARN_DAYS, type TokenView } from '@groundswell/contract';

const DAY_MS = 24 * 3_600_000;

export type End = 'never' | 'far' | 'soon' | 'over';

export function endOf({ expiresAt }: Pick<TokenView, 'expiresAt'>, now: Date): End {
  if (expiresAt === null) return 'never';
  const leftMs = new Date(expiresAt).getTime() - now.getTime();
  if (leftMs <= 0) return 'over';
  return leftMs <= TOKEN_WARN_DAYS * DAY_MS ? 'soon' : 'far';
}

/** Those that somebody has to replace; whoever revoked one needs no warning of it. */
export const endingSoon = <T extends Pick<TokenView, 'expiresAt' | 'revokedAt'>>(tokens: readonly T[], now: Date) =>
  tokens.filter((token) => token.revokedAt === null && endOf(token, now) === 'soon');
