import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live.ts';
import { unreadNotices } from '../api/notice-queries.ts';
import { session } from '../api/session.ts';
import { noteVisit } from '../api/trail.ts';
import { worldHere } from '../api/world.ts';
import { world } from '../api/world-queries.ts';
import { useKeys } from '../parts/keys.tsx';
import { KeysFoot, KeysOverlay } from '../parts/keys-foot.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { home } from '../screens/home/home-queries.ts';
import { useHerePath } from './here.ts';
import { LiveNote } from './live-note.tsx';
import { usePaletteKey } from './palette-open.tsx';
import { BottomBar, PhoneBar } from './phone-bars.tsx';
import { type Place, placesFor } from './places.ts';
import { Waiting } from './route-notes.tsx';
import { SideBar } from './side-bar.tsx';
import { UndoBar } from './undo-bar.tsx';
import { WorldBar } from './world-bar.tsx';
import { WorldComing } from './world-coming.tsx';
import './frame.css';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** What stays while the screens change: where I am, where I can go, who I am. */
export function Frame() {
  const who = useQuery(session());
  if (who.isPending) return <Waiting />;
  if (who.isError && !who.data) {
    return (
      <main>
        {worldHere() !== null && <WorldBar number={worldHere()!} />}
        <ErrorNote error={who.error} onRetry={() => void who.refetch()} />
      </main>
    );
  }
  const { me, setUp } = who.data!;
  if (!me) return <ToTheDoor setUp={setUp} />;
  return <Inside places={placesFor(me.can)} can={me.can} />;
}

/** Nobody is signed in: to the door, and back to where they were going. */
function ToTheDoor({ setUp }: { setUp: boolean }) {
  const path = useRouterState({ select: (state) => state.location.href });
  if (!setUp) return <Navigate to="/setup" />;
  // while the door opens, the address is the door's own already: asking again would nest it in itself
  if (path.startsWith('/sign-in')) return null;
  return <Navigate to="/sign-in" search={path === '/' ? {} : { to: path }} />;
}

/** What stands in the middle: the screens, or how far a world is that has nothing to show yet. */
function Middle() {
  const number = worldHere();
  const here = useQuery({ ...world(number ?? 0), enabled: number !== null }).data;
  const coming = here && (here.state === 'filling' || here.state === 'reading' || here.state === 'failed');
  return coming ? <WorldComing here={here} /> : <Outlet />;
}

function Inside({ places, can }: { places: readonly Place[]; can: readonly string[] }) {
  const { t } = useTranslation();
  const [allKeys, setAllKeys] = useState(false);
  const emerging = useQuery(home()).data?.emergingTotal ?? 0;
  const unread = useQuery(unreadNotices()).data?.unread ?? 0;
  const page = useFocusOnArrival();
  const number = worldHere();
  useLive();
  const palette = usePalette();
  useGoKeys(places, () => setAllKeys(true));
  useVisits();
  const bar = { places, emerging, unread, onKeys: () => setAllKeys(true), onPalette: palette.open };
  return (
    <>
      <a className="skip" href="#page">
        {t('app.skip')}
      </a>
      {number !== null && <WorldBar number={number} />}
      <PhoneBar onKeys={bar.onKeys} onPalette={palette.open} />
      <div className={number === null ? 'app' : 'app in-world'}>
        <SideBar {...bar} />
        <main id="page" ref={page} tabIndex={-1}>
          <Middle />
          <KeysFoot />
        </main>
      </div>
      <LiveNote />
      <BottomBar places={places} emerging={emerging} />
      <UndoBar />
      <KeysOverlay opened={allKeys} onClose={() => setAllKeys(false)}>
        <Link to="/keys" className="link" onClick={() => setAllKeys(false)}>
          {t('keys.change')}
        </Link>
      </KeysOverlay>
      {palette.wanted && (
        <Suspense fallback={null}>
          <Palette opened={palette.opened} onClose={palette.close} places={places} can={can} />
        </Suspense>
      )}
    </>
  );
}

/** It is fetched when it is first opened, and stays. */
function usePalette() {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const open = useCallback(() => {
    setWanted(true);
    setOpened(true);
  }, []);
  usePaletteKey(open);
  return { opened, wanted, open, close: () => setOpened(false) };
}

/** Pages of things and places are kept as paths; filters are not. */
function useVisits() {
  const path = useHerePath();
  useEffect(() => noteVisit(path), [path]);
}

function useGoKeys(places: readonly Place[], onAllKeys: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useKeys([
    ...places.map((place) => ({
      name: `go.${place.name}` as const,
      label: t('keys.goTo', { place: t(`place.${place.name}`) }),
      scope: 'everywhere' as const,
      run: () => void navigate({ to: place.to }),
    })),
    { name: 'search', label: t('keys.searchAll'), scope: 'everywhere', run: () => void navigate({ to: '/search' }) },
    { name: 'help', label: t('keys.all'), scope: 'everywhere', run: onAllKeys },
  ]);
}

/** After a change of page the focus goes to its start, as it would after a page load; filters do not move it. */
function useFocusOnArrival() {
  const page = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) page.current?.focus({ preventScroll: true });
    last.current = path;
  }, [path]);
  return page;
}
