import { Link } from '@tanstack/react-router';
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

export function BottomBar({ places, emerging }: { places: readonly Place[]; emerging: number }) {
  const { t } = useTranslation();
  return (
    <nav className="bottom-bar" aria-label={t('app.mainPhone')}>
      {places.map((place) => (
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
    </nav>
  );
}
