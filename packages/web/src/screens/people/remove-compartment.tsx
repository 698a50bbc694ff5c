import type { CompartmentView, Held } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { held, useRemoveCompartment } from './people-queries.ts';
import { Chips } from './person-row.tsx';

interface RemoveCompartmentProps {
  of: CompartmentView;
  onClose: () => void;
}

/** What it holds is said before anything is asked; of an empty one, who loses their way in. */
export function RemoveCompartment({ of, onClose }: RemoveCompartmentProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('compartment.removeNamed', { name: of.title })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Loaded query={useQuery(held(of.name))} isEmpty={() => false} empty="">
        {({ holds }) =>
          holds.length > 0 ? <Full holds={holds} onClose={onClose} /> : <Question of={of} onClose={onClose} />
        }
      </Loaded>
    </Modal>
  );
}

function Full({ holds, onClose }: { holds: readonly Held[]; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="stack">
      <p>{t('compartment.holds')}</p>
      <dl className="held">
        {holds.map(({ kind, count }) => (
          <div key={kind}>
            <dt>{t(`compartment.kind.${kind}`)}</dt>
            <dd>{sayNumber(count, i18n.language)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t('compartment.holdsHint')}</p>
      <div>
        <Button data-autofocus onClick={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </div>
  );
}

function Question({ of, onClose }: RemoveCompartmentProps) {
  const { t } = useTranslation();
  const remove = useRemoveCompartment();
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => name);
  return (
    <div className="stack">
      <p>{t('compartment.removeWhy')}</p>
      {of.members.length > 0 && (
        <div className="stack tight">
          <span className="small soft">{t('compartment.losing')}</span>
          <Chips words={names(of.members)} />
        </div>
      )}
      {of.held.length > 0 && (
        <div className="stack tight">
          <span className="small soft">{t('compartment.losingWaiting')}</span>
          <Chips words={names(of.held)} />
        </div>
      )}
      {remove.isError && <ErrorNote error={remove.error} />}
      <div className="row">
        <Button
          look="go"
          busy={remove.isPending}
          onClick={() => remove.mutate({ name: of.name, version: of.version }, { onSuccess: onClose })}
        >
          {t('compartment.removeDo')}
        </Button>
        <Button look="quiet" data-autofocus onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}
