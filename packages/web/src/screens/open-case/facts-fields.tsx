import { type CaseFacts, SUPPORT_GROUPS, type SupportGroup } from '@groundswell/contract';
import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../parts/button.tsx';
import { HarmSelect } from '../../parts/harm-select.tsx';
import { Panel } from '../../parts/page.tsx';
import { laws } from './open-queries.ts';

interface FactsFieldsProps {
  facts: CaseFacts;
  change: (some: Partial<CaseFacts>) => void;
}

const IMMINENCE = ['unknown', 'later', 'today', 'now'] as const;
/** The fact, and the reason that it becomes in the words of the rules. */
const TICKS = [
  ['minor', 'minor'],
  ['vulnerable', 'vulnerable'],
  ['growing', 'reach'],
  ['moneyAtStake', 'money'],
  ['repeat', 'repeat'],
  ['massEnforcement', 'mass_enforcement'],
] as const;
const AUDIENCE = ['public_figure', 'press', 'authority'] as const;
const NUMBERS = ['usersAffected', 'viewsPerHour', 'followers'] as const;

/** What the rules decide the priority from. What is not known stays as it is, and lowers nothing. */
export function FactsFields({ facts, change }: FactsFieldsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opening.facts')}>
      <div className="panel-body stack wide">
        <div className="opening-three">
          <HarmSelect harm={facts.harm} onChange={(harm) => change({ harm })} />
          {facts.harm === null && <Support facts={facts} change={change} />}
          <Law facts={facts} change={change} />
        </div>
        <div className="stack tight opening-when">
          <span>{t('case.reasons.imminence')}</span>
          <Segments
            label={t('case.reasons.imminence')}
            value={facts.imminence}
            onChange={(imminence) => change({ imminence })}
            options={IMMINENCE.map((value) => ({ value, label: t(`opening.imminence.${value}`) }))}
          />
        </div>
        <div className="opening-ticks">
          {TICKS.map(([name, words]) => (
            <label key={name} className="row">
              <input type="checkbox" checked={facts[name]} onChange={() => change({ [name]: !facts[name] })} />
              {t(`case.reasons.${words}`)}
            </label>
          ))}
        </div>
        <Audience facts={facts} change={change} />
        <div className="opening-three">
          {NUMBERS.map((name) => (
            <NumberInput
              key={name}
              label={t(`opening.number.${name}`)}
              min={0}
              max={10_000_000_000}
              allowDecimal={false}
              hideControls
              thousandSeparator=" "
              value={facts[name] ?? ''}
              onChange={(value) => change({ [name]: typeof value === 'number' ? value : null })}
            />
          ))}
        </div>
      </div>
    </Panel>
  );
}

function Audience({ facts, change }: FactsFieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="opening-ticks">
      <legend>{t('case.reasons.audience')}</legend>
      {AUDIENCE.map((one) => (
        <label key={one} className="row">
          <input
            type="checkbox"
            checked={facts.audience.includes(one)}
            onChange={() => change({ audience: AUDIENCE.filter((a) => facts.audience.includes(a) !== (a === one)) })}
          />
          {t(`case.audience.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** What somebody needs help with, where nobody is harmed. */
function Support({ facts, change }: FactsFieldsProps) {
  const { t } = useTranslation();
  return (
    <label className="stack tight">
      <span>{t('opening.support')}</span>
      <select
        className="plain"
        value={facts.support ?? ''}
        onChange={(event) => change({ support: (event.target.value || null) as SupportGroup | null })}
      >
        <option value="">–</option>
        {SUPPORT_GROUPS.map((one) => (
          <option key={one} value={one}>
            {t(`caseMark.support.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Where a law gives a time: by its source and where it holds. */
function Law({ facts, change }: FactsFieldsProps) {
  const { t } = useTranslation();
  const { data } = useQuery(laws());
  const known = [...new Map((data?.clocks ?? []).map((one) => [one.code, one])).values()];
  if (known.length === 0) return null;
  return (
    <label className="stack tight">
      <span>{t('case.reasons.legal')}</span>
      <select
        className="plain"
        value={facts.legal ?? ''}
        onChange={(event) => change({ legal: event.target.value || null })}
      >
        <option value="">{t('opening.noLaw')}</option>
        {known.map(({ code, jurisdiction, source }) => (
          <option key={code} value={code}>
            {`${jurisdiction} · ${source}`}
          </option>
        ))}
      </select>
    </label>
  );
}
