import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { otherCases } from './case-queries.ts';

interface WhichCaseProps {
  label: string;
  /** The case that asks. */
  but: string;
  value: string;
  onChange: (value: string) => void;
}

/** A reference that one types or pastes; those that changed last are offered. */
export function WhichCase({ label, but, value, onChange }: WhichCaseProps) {
  const { t } = useTranslation();
  const offered = useQuery(otherCases()).data?.cases.filter(({ id }) => id !== but) ?? [];
  const list = useId();
  return (
    <>
      <TextInput
        label={label}
        description={t('case.form.referenceHint')}
        data-autofocus
        dir="ltr"
        maxLength={80}
        autoComplete="off"
        list={list}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={list}>
        {offered.map(({ id, reference, title }) => (
          <option key={id} value={reference}>
            {title ?? ''}
          </option>
        ))}
      </datalist>
    </>
  );
}
