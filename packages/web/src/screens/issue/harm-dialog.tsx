import { HARMS, type HarmCode, type IssueDetail, type IssueImpact, proposeSeverity } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { HarmSelect } from '../../parts/harm-select.tsx';
import { useSayImpact } from './impact-queries.ts';

/** What this harm alone makes of an issue. */
const leastImpact = (harm: HarmCode) =>
  proposeSeverity({ people: null, per1000: null, growth: null, over: false, harm }).impact;

interface HarmDialogProps {
  issue: IssueDetail;
  known: IssueImpact;
  onClose: () => void;
}

/** Which kind of harm, if any. Its floor holds however few people it hurts. */
export function HarmDialog({ issue, known, onClose }: HarmDialogProps) {
  const { t } = useTranslation();
  const say = useSayImpact(issue, null);
  const [harm, setHarm] = useState(known.harm);
  const { seen, met } = useSeen(known, (one) => one.version, isSaving(say));
  const send = (version: number) => say.mutate({ say: 'harm', version, harm }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!met) send(seen.version);
  };
  const nameOf = (code: HarmCode | null) => (code === null ? t('impact.noHarm') : t(`harm.${code}`));
  return (
    <Modal
      size="lg"
      opened
      onClose={onClose}
      title={t('impact.harmTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={submit}>
        <HarmSelect first harm={harm} onChange={setHarm} />
        <p className="small soft" aria-live="polite">
          {harm === null
            ? t('impact.noFloor')
            : t('impact.floor', { floor: `P${HARMS[harm][0]}`, level: t(`severity.impact.${leastImpact(harm)}`) })}
        </p>
        <FormEnd
          save={say}
          met={met}
          fields={() => [{ name: t('impact.harm'), mine: nameOf(harm), theirs: nameOf(known.harm) }]}
          label={t('impact.save')}
          onMine={() => send(known.version)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
