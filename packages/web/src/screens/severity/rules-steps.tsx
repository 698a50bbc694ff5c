import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { MEASURES, type Measure, type RulesDraft, STEPS, troublesOf } from './rules-draft.ts';

interface RulesStepsProps {
  draft: RulesDraft;
  may: boolean;
  onChange: (draft: RulesDraft) => void;
}

/** From how many on they are some, many, very many: in people, and by the people who are active at all. */
export function RulesSteps({ draft, may, onChange }: RulesStepsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('severity.rules.steps')} aside={<span className="no-phone">{t('severity.rules.stepsWhy')}</span>}>
      <table className="severity-table">
        <caption className="unseen">{t('severity.rules.steps')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('severity.rules.from')}</th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="col">
                {t(`severity.rules.${measure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {STEPS.map((step, at) => (
            <tr key={step}>
              <th scope="row">{t(`severity.impact.${step}`)}</th>
              {MEASURES.map((measure) => (
                <td key={measure}>
                  <StepField {...{ draft, may, onChange, measure, at }} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('severity.impact.few')}</th>
            <td colSpan={2} className="faint">
              {t('severity.rules.below')}
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}

interface StepFieldProps extends RulesStepsProps {
  measure: Measure;
  at: number;
}

function StepField({ draft, may, onChange, measure, at }: StepFieldProps) {
  const { t } = useTranslation();
  const steps = draft[measure];
  const trouble = troublesOf(steps)[at];
  if (!may) return <span>{steps[at]}</span>;
  const set = (said: string) => {
    const [wide, many, some] = steps.map((one, i) => (i === at ? said : one)) as [string, string, string];
    onChange({ ...draft, [measure]: [wide, many, some] });
  };
  return (
    <TextInput
      className="severity-step"
      inputMode="decimal"
      dir="ltr"
      aria-label={`${t(`severity.rules.${measure}`)}: ${t(`severity.impact.${STEPS[at]!}`)}`}
      error={trouble && t(`severity.rules.trouble.${trouble}`)}
      value={steps[at]}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
