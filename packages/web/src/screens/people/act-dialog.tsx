import type { PersonMove, PersonView } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { LinkShown } from './link-shown.tsx';
import { useDeactivate, useEndSessionsOf, useReactivate, useResetLink } from './people-queries.ts';

type Act = Exclude<PersonMove, 'change'>;

interface ActDialogProps {
  person: PersonView;
  move: Act;
  onClose: () => void;
}

/** What follows is said where it is done, and what stays. */
export function ActDialog({ person, move, onClose }: ActDialogProps) {
  const { t } = useTranslation();
  const reset = useResetLink();
  const ways = { deactivate: useDeactivate(), reactivate: useReactivate(), end_sessions: useEndSessionsOf() };
  const way = move === 'reset_password' ? reset : ways[move];
  const act = () => {
    if (move === 'reset_password') reset.mutate(person.id);
    else ways[move].mutate(person.id, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`staff.ask.${move}`, { name: person.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {reset.isSuccess ? (
        <div className="stack wide">
          <LinkShown link={reset.data} to="reset" name={person.name} />
          <div>
            <Button look="go" onClick={onClose}>
              {t('staff.link.done')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="stack">
          <p>{t(`staff.consequence.${move}`)}</p>
          {way.isError && <ErrorNote error={way.error} />}
          <div className="row">
            <Button look="go" busy={way.isPending} onClick={act}>
              {t(`staff.do.${move}`)}
            </Button>
            <Button look="quiet" data-autofocus onClick={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
