import { Menu } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, Mark } from '../parts/icon.tsx';
import { MyMenu } from './my-menu.tsx';
import type { Place } from './places.ts';

export function PhoneBar({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="phone-bar">
      <Link to="/" className="brand">
        <Mark />
        <span>{t('app.name')}</span>
      </Link>
      <span className="push">
        <MyMenu onKeys={onKeys} />
      </span>
    </div>
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
          {place.name === 'issues' && emerging > 0 && <span className="count">{emerging}</span>}
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
      </Menu.Dropdown>
    </Menu>
  );
}
