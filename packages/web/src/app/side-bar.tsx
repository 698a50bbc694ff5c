import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, Mark } from '../parts/icon.tsx';
import { MyMenu } from './my-menu.tsx';
import { PaletteButton } from './palette-open.tsx';
import type { Place } from './places.ts';

interface SideBarProps {
  places: readonly Place[];
  /** Suspected issues nobody has looked at yet. */
  emerging: number;
  /** Notices that I have not read. */
  unread: number;
  onKeys: () => void;
  onPalette: () => void;
}

export function SideBar({ places, emerging, unread, onKeys, onPalette }: SideBarProps) {
  const { t } = useTranslation();
  const counts: Partial<Record<Place['name'], number>> = { issues: emerging, notices: unread };
  const setup = places.filter((place) => place.section === 'setup');
  return (
    <nav className="side" aria-label={t('app.main')}>
      <Link to="/" className="brand">
        <Mark />
        <span>{t('app.name')}</span>
      </Link>
      <PaletteButton onOpen={onPalette} />
      {places
        .filter((place) => place.section === 'daily')
        .map((place) => (
          <PlaceLink key={place.name} place={place} count={counts[place.name] ?? 0} />
        ))}
      {setup.length > 0 && <div className="section">{t('app.setup')}</div>}
      {setup.map((place) => (
        <PlaceLink key={place.name} place={place} count={0} />
      ))}
      <div className="foot">
        <MyMenu onKeys={onKeys} />
      </div>
    </nav>
  );
}

function PlaceLink({ place, count }: { place: Place; count: number }) {
  const { t } = useTranslation();
  const name = t(`place.${place.name}`);
  return (
    <Link
      to={place.to}
      className="to"
      title={name}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon name={place.icon} />
      <span className="name">{name}</span>
      {count > 0 && (
        <span className="count">
          {count}
          <span className="unseen"> {t('app.newOnes')}</span>
        </span>
      )}
    </Link>
  );
}
