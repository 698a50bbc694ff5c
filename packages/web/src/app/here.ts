/** Where one stands. */
import { useRouter, useRouterState } from '@tanstack/react-router';

/** Where this page stands, without the world before it and without filters. */
export function useHerePath(): string {
  const router = useRouter();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const base = router.basepath.replace(/\/$/, '');
  return pathname.startsWith(base) ? pathname.slice(base.length) || '/' : pathname;
}
