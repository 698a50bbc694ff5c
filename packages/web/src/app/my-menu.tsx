import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { session, useSignOut } from '../api/session.ts';
import { worldHere } from '../api/world.ts';
import { Icon } from '../parts/icon.tsx';
import { useDensity } from '../parts/look.ts';
import { Words } from '../parts/user-content.tsx';

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Mine: how it looks to me, the keys, the way out. Help and exit are always in the same place. */
export function MyMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const me = useQuery(session()).data?.me;
  const out = useSignOut();
  const scheme = useMantineColorScheme();
  const density = useDensity();
  if (!me) return null;
  return (
    <Menu position="top-start" width={220} withinPortal>
      <Menu.Target>
        <button type="button" className="me">
          <span className="avatar" aria-hidden="true">
            {initials(me.name)}
          </span>
          <MyName name={me.name} roles={me.roles} />
          <span className="unseen">{t('me.menu')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('me.look')}</Menu.Label>
        {SCHEMES.map((one) => (
          <Menu.Item
            key={one}
            closeMenuOnClick={false}
            leftSection={<Icon name={scheme.colorScheme === one ? 'check' : 'dash'} />}
            aria-current={scheme.colorScheme === one}
            onClick={() => scheme.setColorScheme(one)}
          >
            {t(`me.scheme.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<Icon name={density.compact ? 'check' : 'dash'} />}
          aria-current={density.compact}
          onClick={density.toggle}
        >
          {t('me.compact')}
        </Menu.Item>
        <Menu.Divider />
        {worldHere() === null && (
          <Menu.Item leftSection={<Icon name="key" />} component={Link} to="/me">
            {t('mine.title')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onKeys}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => out.mutate()}>
          {t('me.out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function MyName({ name, roles }: { name: string; roles: readonly string[] }) {
  return (
    <span className="me-name">
      <b className="clip">
        <Words>{name}</Words>
      </b>
      <span className="small faint clip">
        <Words>{roles.join(', ')}</Words>
      </span>
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
