import type { ExportList, ExportView } from '@groundswell/contract';
import { Modal, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActs } from './acts.ts';
import { Button } from './button.tsx';
import { ErrorNote } from './notes.tsx';
import { sayNumber } from './numbers.ts';
import { ServerWords } from './refusal-words.tsx';
import { RowLink } from './row-link.tsx';

interface Exporting {
  list: ExportList;
  make: (form: { bom: boolean; covered: boolean }) => void;
  busy: boolean;
  saved: boolean;
  written: ExportView | null;
  download: () => void;
  error: unknown;
  forget: () => void;
}

interface ExportButtonProps {
  exporting: Exporting;
  /** Whether texts of X2 and above may leave the house by this person; null where the list has none. */
  mayCover?: boolean | null;
  /** One of several lists of its page: then it says which. */
  small?: boolean;
}

/** This list as a file, with what is asked for now. */
export function ExportButton({ exporting, mayCover = null, small = false }: ExportButtonProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = () => {
    exporting.forget();
    setOpened(true);
  };
  const named = t('exports.buttonOf', { list: t(`exports.list.${exporting.list}`) });
  useActs([{ label: small ? named : t('exports.button'), icon: 'file', run: open }]);
  return (
    <>
      <Button icon="file" small={small} aria-label={small ? named : undefined} onClick={open}>
        {t('exports.button')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={small ? named : t('exports.dialog')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {exporting.written || exporting.saved ? (
          <Made exporting={exporting} onClose={() => setOpened(false)} />
        ) : (
          <ExportForm exporting={exporting} mayCover={mayCover} onClose={() => setOpened(false)} />
        )}
      </Modal>
    </>
  );
}

function ExportForm({
  exporting,
  mayCover,
  onClose,
}: Required<Omit<ExportButtonProps, 'small'>> & { onClose: () => void }) {
  const { t } = useTranslation();
  const [bom, setBom] = useState(true);
  const [covered, setCovered] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    exporting.make({ bom, covered });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{t('exports.why')}</p>
      <Switch
        checked={bom}
        onChange={(event) => setBom(event.currentTarget.checked)}
        label={t('exports.bom')}
        description={t('exports.bomWhy')}
      />
      {mayCover && (
        <Switch
          checked={covered}
          onChange={(event) => setCovered(event.currentTarget.checked)}
          label={t('exports.covered')}
          description={t('exports.coveredWhy')}
        />
      )}
      {mayCover === false && <p className="small faint">{t('exports.coveredOut')}</p>}
      {exporting.error !== null && <ErrorNote error={exporting.error} />}
      <div className="row">
        <Button look="go" type="submit" data-autofocus busy={exporting.busy}>
          {t('exports.do')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Made({ exporting, onClose }: { exporting: Exporting; onClose: () => void }) {
  const { t } = useTranslation();
  const { written } = exporting;
  return (
    <div className="stack wide">
      <p role="status">{written ? <ExportWords of={written} /> : t('exports.saved')}</p>
      {exporting.error !== null && <ErrorNote error={exporting.error} />}
      {written && written.state !== 'ready' && written.state !== 'failed' && (
        <p className="small faint">
          {t('exports.mayLeave')}{' '}
          <RowLink to="/exports" className="link">
            {t('exports.title')}
          </RowLink>
        </p>
      )}
      <div className="row">
        {written?.can.includes('download') && (
          <Button look="go" busy={exporting.busy} onClick={exporting.download}>
            {t('exports.download')}
          </Button>
        )}
        <Button look={written?.can.includes('download') ? 'quiet' : 'go'} onClick={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </div>
  );
}

/** How far it is, in words. */
export function ExportWords({ of }: { of: ExportView }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  if (of.state === 'failed')
    return (
      <span className="is-bad">
        <ServerWords>{of.problem}</ServerWords>
      </span>
    );
  return <>{t(`exports.state.${of.state}`, { rows: number(of.rows), total: number(of.total) })}</>;
}
