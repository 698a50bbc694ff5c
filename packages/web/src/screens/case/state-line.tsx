import type { CaseDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { usePresentAtCase } from '../../api/presence.ts';
import { worldHere } from '../../api/world.ts';
import { CaseStateMark, ExposureMark, PriorityMark } from '../../parts/case-marks.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { Words } from '../../parts/user-content.tsx';

/** In one line what a person reads first: how fast, where it stands, whose it is, how hard it is to look at, who else is here. */
export function StateLine({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const present = usePresentAtCase();
  return (
    <span className="row wrap">
      <PriorityMark priority={kase.priority} long />
      <CaseStateMark state={kase.state} waitingFor={kase.waitingFor} />
      {kase.owner ? (
        <span>
          {t('case.ownedBy')} <Words>{kase.owner.name}</Words>
        </span>
      ) : (
        <b className="is-warn">{t('case.unowned')}</b>
      )}
      {kase.exposure > 0 && <ExposureMark exposure={kase.exposure} />}
      {kase.compartment !== 'open' && worldHere() === null && (
        <span className="case-wall">{t('case.confidential', { compartment: kase.compartment })}</span>
      )}
      <PeopleHere people={present(kase.id)} said />
    </span>
  );
}
