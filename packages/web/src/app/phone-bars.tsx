import { Menu } from '@mantine/core';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { onTrail, togglePin, trail } from '../api/trail.ts';
import { Icon, Mark } from '../parts/icon.tsx';
import { Words } from '../parts/user-content.tsx';
import { useHerePath } from './here.ts';
import { MyMenu } from './my-menu.tsx';
import { PaletteButton } from './palette-open.tsx';
import { namedBy } from './place-names.ts';
import type { Place } from './places.ts';

export function PhoneBar({ onKeys, onPalette }: { onKeys: () => void; onPalette: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="phone-bar">
      <Link to="/" className="brand">
        <Mark />
        <span>{t('app.name')}</span>
      </Link>
      <span className="push row">
        <PaletteButton onOpen={onPalette} />
        <MyMenu onKeys={onKeys} />
      </span>
    </header>
  );
}

/** So many fit beside each other under a thumb; the others are one touch further. */
const IN_SIGHT = 4;

export function BottomBar({ places, emerging }: { places: readonly Place[]; emerging: number }) {
  const { t } = useTranslation();
  const shown = places.length > IN_SIGHT + 1 ? places.slice(0, IN_SIGHT) : places;
  const rest = places.slice(shown.length);
  return (
    <nav className="bottom-bar" aria-label={t('app.mainPhone')}>
      {shown.map((place) => (
        <Link
          key={place.name}
          to={place.to}
          activeOptions={{ exact: place.to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon name={place.icon} />
          {t(`place.${place.name}`)}
          {place.name === 'issues' && emerging > 0 && <span className="count"> {emerging}</span>}
        </Link>
      ))}
      {rest.length > 0 && <More places={rest} />}
    </nav>
  );
}

function More({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = places.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <Menu position="top-end" width={220} withinPortal>
      <Menu.Target>
        <button type="button" aria-current={here ? 'page' : undefined}>
          <Icon name="more" />
          {t('place.more')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map((place) => (
          <Menu.Item
            key={place.name}
            component={Link}
            to={place.to}
            aria-current={place === here ? 'page' : undefined}
            leftSection={<Icon name={place.icon} />}
          >
            {t(`place.${place.name}`)}
          </Menu.Item>
        ))}
        <Trails />
      </Menu.Dropdown>
    </Menu>
  );
}

const RECENT_SHOWN = 4;

/** What was pinned and where one was lately, by its code: a thumb has no palette of keys. */
function Trails() {
  const { t } = useTranslation();
  const router = useRouter();
  const here = useHerePath();
  const { pinned, recent } = useSyncExternalStore(onTrail, trail);
  const shown = recent.filter((path) => path !== here && !pinned.includes(path)).slice(0, RECENT_SHOWN);
  const base = router.basepath.replace(/\/$/, '');
  const line = (path: string) => {
    const { words, code, icon } = namedBy(path);
    return (
      <Menu.Item key={path} leftSection={<Icon name={icon} />} onClick={() => router.history.push(`${base}${path}`)}>
        {words && t(words)} {code && <Words>{code}</Words>}
      </Menu.Item>
    );
  };
  return (
    <>
      {pinned.length > 0 && <Menu.Label>{t('palette.group.pinned')}</Menu.Label>}
      {pinned.map(line)}
      {shown.length > 0 && <Menu.Label>{t('palette.group.recent')}</Menu.Label>}
      {shown.map(line)}
      <Menu.Divider />
      <Menu.Item leftSection={<Icon name="star" />} onClick={() => togglePin(here)}>
        {t(pinned.includes(here) ? 'palette.unpin' : 'palette.pin')}
      </Menu.Item>
    </>
  );
}
