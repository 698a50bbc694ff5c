/** What the palette offers, group by group: what can be done here, where one can go, and what was found. */
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { onTrail, togglePin, trail } from '../api/trail.ts';
import { worldHere, worldPath } from '../api/world.ts';
import { type Act, actsHere } from '../parts/acts.ts';
import type { IconName } from '../parts/icon.tsx';
import type { ShortcutName } from '../parts/shortcuts.ts';
import { Words } from '../parts/user-content.tsx';
import { useHerePath } from './here.ts';
import type { Hit } from './palette-hit.ts';
import { pressables } from './palette-page.ts';
import { found, titlesOf } from './palette-queries.ts';
import { ranked } from './palette-rank.ts';
import type { Typed } from './palette-read.ts';
import { issueKeyIn, namedBy } from './place-names.ts';
import type { Place } from './places.ts';

export interface Item {
  readonly id: string;
  /** By it things are ranked. */
  readonly label: string;
  /** Instead of the label, where words of users are in it. */
  readonly shown?: ReactNode;
  readonly aside?: Hit['kind'];
  readonly icon: IconName;
  readonly shortcut?: ShortcutName;
  /** Came from the server, perhaps for the letters before the last one. */
  readonly sought?: true;
  readonly run: () => void;
}

export interface Group {
  readonly name: 'pinned' | 'recent' | 'acts' | 'places' | 'buttons' | 'found' | 'link' | 'search';
  readonly items: readonly Item[];
}

const RECENT_SHOWN = 8;
/** Of the buttons of the page, before anything is typed; typed words find all of them. */
const PRESSED_SHOWN = 8;
const HIT_ICONS: Readonly<Record<Hit['kind'], IconName>> = {
  issue: 'issue',
  case: 'file',
  topic: 'filter',
  signal: 'signal',
  import: 'import',
  person: 'users',
  team: 'users',
  compartment: 'key',
  view: 'star',
  source: 'source',
  comment: 'issue',
  export: 'file',
  world: 'flask',
};

const SOUGHT: ReadonlySet<Typed['is']> = new Set(['words', 'who', 'id', 'key']);

export function useGroups(
  typed: Typed,
  said: string,
  { places, can }: { places: readonly Place[]; can: readonly string[] },
): { groups: readonly Group[]; busy: boolean } {
  const go = useGo();
  const hits = useQuery(found(typed, can));
  const trails = useTrailItems(go);
  const own = useOwnItems(places, go);
  const foundItems = SOUGHT.has(typed.is) ? (hits.data ?? []) : [];
  const link = useLinkItem(typed, go);
  const search = useSearchItem(typed, can, go);
  const busy = hits.isFetching;
  const groups: Group[] =
    typed.is === 'nothing'
      ? [
          { name: 'pinned', items: trails.pinned },
          { name: 'recent', items: trails.recent },
          { name: 'acts', items: own.acts },
          { name: 'buttons', items: own.buttons.slice(0, PRESSED_SHOWN) },
          { name: 'places', items: own.places },
        ]
      : [
          { name: 'link', items: link },
          { name: 'acts', items: ranked(said, own.acts) },
          { name: 'places', items: ranked(said, own.places) },
          { name: 'buttons', items: ranked(said, own.buttons) }, // after places: Enter presses nothing by surprise
          { name: 'found', items: foundItems.map((hit) => hitItem(hit, go)) },
          { name: 'search', items: search },
        ];
  return { groups: groups.filter(({ items }) => items.length > 0), busy };
}

type Go = (path: string) => void;

function useGo(): Go {
  const router = useRouter();
  return (path) => router.history.push(`${router.basepath.replace(/\/$/, '')}${path}`);
}

function useOwnItems(places: readonly Place[], go: Go): Record<'acts' | 'buttons' | 'places', Item[]> {
  const { t } = useTranslation();
  const path = useHerePath();
  const pinned = useSyncExternalStore(onTrail, trail).pinned.includes(path);
  const pin: Act = {
    label: t(pinned ? 'palette.unpin' : 'palette.pin'),
    icon: 'star',
    run: () => togglePin(path),
  };
  const standing = [...actsHere(), pin];
  const pressed = usePressed(standing);
  const item =
    (of: 'act' | 'button') =>
    (act: Act, at: number): Item => ({
      id: `${of}-${at}`,
      label: act.label,
      shown: <Words>{act.label}</Words>,
      icon: act.icon ?? 'right',
      ...(act.shortcut && { shortcut: act.shortcut }),
      run: act.run,
    });
  const to = (id: string, label: string, icon: IconName, where: string, shortcut?: ShortcutName): Item => ({
    id: `place-${id}`,
    label,
    icon,
    ...(shortcut && { shortcut }),
    run: () => go(where),
  });
  return {
    acts: standing.map(item('act')),
    buttons: pressed.map(item('button')),
    places: [
      ...places.map((place) => to(place.name, t(`place.${place.name}`), place.icon, place.to, `go.${place.name}`)),
      to('exports', t('exports.title'), 'file', '/exports'),
      to('keys', t('keys.pageTitle'), 'keyboard', '/keys'),
    ],
  };
}

/** Read once, when the palette opens: what it lies over does not change its buttons meanwhile. */
function usePressed(standing: readonly Act[]): readonly Act[] {
  const [found] = useState(() => {
    const page = document.querySelector('main');
    return page ? pressables(page, new Set(standing.map(({ label }) => label))) : [];
  });
  return found.map(({ label, press }) => ({ label, run: press }));
}

function useTrailItems(go: Go): { pinned: Item[]; recent: Item[] } {
  const { t } = useTranslation();
  const here = useHerePath();
  const { pinned, recent } = useSyncExternalStore(onTrail, trail);
  const shown = recent.filter((path) => path !== here && !pinned.includes(path)).slice(0, RECENT_SHOWN);
  const keys = [...pinned, ...shown].flatMap((path) => issueKeyIn(path) ?? []);
  const titles = useQuery(titlesOf(keys)).data;
  const item = (path: string): Item => {
    const { words, code, icon } = namedBy(path);
    const key = issueKeyIn(path);
    const title = key ? titles?.get(key) : undefined;
    const label = [words && t(words), code].filter(Boolean).join(' ');
    return {
      id: `trail-${path}`,
      label,
      icon,
      ...(title !== undefined && { shown: <Titled code={key!} title={title} /> }),
      ...(title === undefined && code && words && { shown: <Titled code={t(words)} title={code} /> }),
      run: () => go(path),
    };
  };
  return { pinned: pinned.map(item), recent: shown.map(item) };
}

function Titled({ code, title }: { code: string; title: string }) {
  return (
    <>
      <span className="mono faint">{code}</span> <Words>{title}</Words>
    </>
  );
}

const hitItem = (hit: Hit, go: Go): Item => ({
  id: `hit-${hit.kind}-${hit.path}`,
  label: hit.code,
  icon: HIT_ICONS[hit.kind],
  aside: hit.kind,
  sought: true,
  shown: hit.title === null ? <Words>{hit.code}</Words> : <Named hit={hit} title={hit.title} />,
  run: () => (hit.away ? globalThis.location.assign(hit.path) : go(hit.path)),
});

function Named({ hit, title }: { hit: Hit; title: string }) {
  return (
    <>
      {hit.code && (
        <span className="mono faint">
          <Words>{hit.code}</Words>
        </span>
      )}{' '}
      <Words>{title}</Words>
    </>
  );
}

/** Within the world of this page a link is a step; into another one, or out of it, the page is loaded anew. */
function useLinkItem(typed: Typed, go: Go): Item[] {
  const { t } = useTranslation();
  if (typed.is !== 'link') return [];
  const here = worldHere();
  const { path, world } = typed;
  const same = world === here;
  const away = world === null ? path : worldPath(world, path);
  const words = same ? 'palette.openLink' : world === null ? 'palette.leaveSample' : 'palette.enterSample';
  return [
    {
      id: 'link',
      label: t(words, { number: world }),
      shown: (
        <>
          {t(words, { number: world })}{' '}
          <span className="mono faint">
            <Words>{path}</Words>
          </span>
        </>
      ),
      icon: 'link',
      run: () => (same ? go(path) : globalThis.location.assign(away)),
    },
  ];
}

function useSearchItem(typed: Typed, can: readonly string[], go: Go): Item[] {
  const { t } = useTranslation();
  if (typed.is !== 'words' || !can.includes('signal.read')) return [];
  const { words } = typed;
  return [
    {
      id: 'search',
      label: t('palette.searchFor'),
      shown: (
        <>
          {t('palette.searchFor')} <Words>{words}</Words>
        </>
      ),
      icon: 'search',
      run: () => go(`/signals?q=${encodeURIComponent(words)}`),
    },
  ];
}
