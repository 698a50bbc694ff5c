import type { PersonMove, PersonView } from '@groundswell/contract';
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';

/** Whom, and what is to be done with them. */
export interface Chosen {
  id: string;
  move: PersonMove;
}

const ICONS: Readonly<Record<PersonMove, IconName>> = {
  change: 'pen',
  reset_password: 'key',
  end_sessions: 'out',
  deactivate: 'x',
  reactivate: 'back',
};

interface PersonRowProps {
  person: PersonView;
  teams: readonly string[];
  withCompartments: boolean;
  onChoose: (chosen: Chosen) => void;
}

export function PersonRow({ person, teams, withCompartments, onChoose }: PersonRowProps) {
  const { t } = useTranslation();
  const isGone = person.deactivatedAt !== null;
  return (
    <tr data-row={person.id} data-gone={isGone || undefined}>
      <td>
        <Name person={person} onChoose={onChoose} />
        <span className="small faint person-mail">
          <Words>{person.email}</Words>
        </span>
      </td>
      <td data-name={t('staff.roles')}>
        <Chips words={person.roles} none={t('staff.noRole')} />
      </td>
      <td data-name={teams.length > 0 ? t('staff.teams') : undefined}>
        <Chips words={teams} />
      </td>
      {withCompartments && (
        <td data-name={t('staff.compartments')}>
          <Chips words={person.compartments} />
        </td>
      )}
      <td>
        {isGone ? (
          <>
            <Pill tone="idle" icon="dash">
              {t('staff.gone')}
            </Pill>{' '}
            <Time at={person.deactivatedAt!} show="day" />
          </>
        ) : (
          <Seen person={person} />
        )}
      </td>
      <td className="end">{person.can.length > 0 && <Acts person={person} onChoose={onChoose} />}</td>
    </tr>
  );
}

/** What one most often comes for is one step away; of somebody whom one may not change only the name stands there. */
function Name({ person, onChoose }: Pick<PersonRowProps, 'person' | 'onChoose'>) {
  if (!person.can.includes('change')) {
    return (
      <b>
        <Words>{person.name}</Words>
      </b>
    );
  }
  return (
    <button type="button" className="link" onClick={() => onChoose({ id: person.id, move: 'change' })}>
      <Words>{person.name}</Words>
    </button>
  );
}

function Seen({ person }: { person: PersonView }) {
  const { t } = useTranslation();
  if (person.seenAt === null) return <span className="faint">{t('staff.never')}</span>;
  return (
    <>
      <Time at={person.seenAt} show="ago" />
      {person.openSessions > 0 && (
        <span className="small faint"> · {t('staff.openSessions', { count: person.openSessions })}</span>
      )}
    </>
  );
}

export function Chips({ words, none }: { words: readonly string[]; none?: string }) {
  if (words.length === 0) return none ? <span className="faint">{none}</span> : null;
  return (
    <span className="row wrap chips">
      {words.map((word) => (
        <span key={word} className="chip">
          <Words>{word}</Words>
        </span>
      ))}
    </span>
  );
}

function Acts({ person, onChoose }: { person: PersonView; onChoose: (chosen: Chosen) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <Button small look="quiet" icon="more" aria-label={t('staff.actsFor', { name: person.name })} />
      </Menu.Target>
      <Menu.Dropdown>
        {person.can.map((move) => (
          <Menu.Item
            key={move}
            leftSection={<Icon name={ICONS[move]} />}
            onClick={() => onChoose({ id: person.id, move })}
          >
            {t(`staff.act.${move}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
