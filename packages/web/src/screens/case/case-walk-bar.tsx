import type { CaseDetail } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../api/issue-walk.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { casePath, caseWalk, stepIn } from './case-walk.ts';

interface CaseWalk {
  readonly step: Step | null;
  readonly from: string | undefined;
  readonly atEnd: boolean;
  readonly goOn: () => void;
  readonly go: (to: string) => void;
}

/** Where one stands in the queue that one came from; without one there is no way on. */
export function useCaseWalk({ id }: CaseDetail, from: string | undefined): CaseWalk {
  const router = useRouter();
  const order = useQuery(caseWalk(from)).data;
  const [atEnd, setAtEnd] = useState(false);
  const step = order ? stepIn(order, id) : null;
  const go = (to: string) => router.history.push(`${router.basepath.replace(/\/$/, '')}${to}`);
  const goOn = () => (step?.next != null ? go(casePath(step.next, from)) : setAtEnd(step !== null));
  return { step, from, atEnd, goOn, go };
}

const queuePath = (from: string) => `/cases?${from.replace(/^\?/, '')}`;

export function CaseWalkBar({ walk: { step, from, atEnd, go } }: { walk: CaseWalk }) {
  const { t } = useTranslation();
  const ways = [
    { name: 'case.next', words: t('case.walk.next'), to: step?.next ?? null },
    { name: 'case.back', words: t('case.walk.back'), to: step?.back ?? null },
  ] as const;
  const open = ways.flatMap(({ to, ...way }) => (to === null ? [] : [{ ...way, to: casePath(to, from) }]));
  useKeys([
    ...open.map(({ name, to }) => ({
      name,
      label: t(name === 'case.next' ? 'case.key.next' : 'case.key.back'),
      run: () => go(to),
    })),
    ...(from === undefined
      ? []
      : [{ name: 'case.list' as const, label: t('case.key.list'), run: () => go(queuePath(from)) }]),
  ]);
  if (from === undefined) return null;
  return (
    <nav className="case-walk row wrap small" aria-label={t('walk.label')}>
      <RowLink to={queuePath(from)} className="link">
        {t('case.walk.list')} <KeyHint of="case.list" />
      </RowLink>
      {step && <span className="faint">{t('walk.at', { at: step.at, of: step.of })}</span>}
      {open.map(({ name, words, to }) => (
        <RowLink key={name} to={to} className="link">
          {words} <KeyHint of={name} />
        </RowLink>
      ))}
      {atEnd && <span role="status">{t('case.walk.end')}</span>}
    </nav>
  );
}
