import { HARM_CODES, type HarmCode } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';

type Group = HarmCode extends `${infer G}.${string}` ? G : never;
const GROUPS = [...new Set(HARM_CODES.map((code) => code.split('.')[0] as Group))];

interface HarmSelectProps {
  harm: HarmCode | null;
  /** It is what its dialog is about. */
  first?: boolean;
  onChange: (harm: HarmCode | null) => void;
}

/** Which kind of harm, if any, group by group. */
export function HarmSelect({ harm, first = false, onChange }: HarmSelectProps) {
  const { t } = useTranslation();
  return (
    <label className="stack tight">
      <span>{t('impact.harm')}</span>
      <select
        className="plain"
        data-autofocus={first || undefined}
        value={harm ?? ''}
        onChange={(event) => onChange((event.target.value || null) as HarmCode | null)}
      >
        <option value="">{t('impact.noHarm')}</option>
        {GROUPS.map((group) => (
          <optgroup key={group} label={t(`harm.group.${group}`)}>
            {HARM_CODES.filter((code) => code.startsWith(`${group}.`)).map((code) => (
              <option key={code} value={code}>
                {t(`harm.${code}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
