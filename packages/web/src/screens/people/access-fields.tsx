import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Words } from '../../parts/user-content.tsx';
import { roles, teams } from './people-queries.ts';
import { RolePreview } from './role-preview.tsx';

/** What somebody is given: by name, compartments and teams too. */
export interface Given {
  roles: readonly string[];
  compartments: readonly string[];
  teams: readonly string[];
}

interface AccessFieldsProps {
  given: Given;
  compartments: readonly { name: string; title: string }[];
  onChange: (given: Given) => void;
}

/** The same questions for somebody who is invited and for somebody who is here, and what the answers add up to. */
export function AccessFields({ given, compartments, onChange }: AccessFieldsProps) {
  const { t } = useTranslation();
  const offered = useQuery(roles()).data?.roles ?? [];
  const known = useQuery(teams()).data?.teams ?? [];
  const allowed = offered.filter(({ name }) => given.roles.includes(name)).flatMap(({ capabilities }) => capabilities);
  const toggle = (field: keyof Given, value: string) => {
    const now = given[field];
    onChange({ ...given, [field]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value] });
  };
  return (
    <>
      <Choices
        legend={t('staff.roles')}
        options={offered.map(({ name }) => ({ value: name, label: name }))}
        chosen={given.roles}
        onToggle={(value) => toggle('roles', value)}
      />
      <RolePreview who={t('role.theyCan')} capabilities={allowed} />
      {compartments.length > 1 && (
        <Choices
          legend={t('staff.compartments')}
          hint={t('staff.compartmentsWhy')}
          options={compartments.map(({ name, title }) => ({ value: name, label: title }))}
          chosen={given.compartments}
          onToggle={(value) => toggle('compartments', value)}
        />
      )}
      {known.length > 0 && (
        <Choices
          legend={t('staff.teams')}
          hint={t('staff.teamsWhy')}
          options={known.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={given.teams}
          onToggle={(value) => toggle('teams', value)}
        />
      )}
    </>
  );
}

interface ChoicesProps {
  legend: string;
  hint?: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

export function Choices({ legend, hint, options, chosen, onToggle }: ChoicesProps) {
  return (
    <fieldset className="reasons choices">
      <legend>
        {legend} {hint && <span className="small faint">{hint}</span>}
      </legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span>
            <Words>{label}</Words>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
