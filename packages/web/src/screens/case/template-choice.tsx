import { type CaseDetail, fillCaseTemplate } from '@groundswell/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { ErrorNote } from '../../parts/notes.tsx';
import { caseTemplates } from './case-queries.ts';
import { blanksIn, openValues } from './talk.ts';
import type { Draft } from './use-draft.ts';

interface TemplateChoiceProps {
  kase: CaseDetail;
  kind: 'message' | 'ask';
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** A text that is used again: what is known of the case is filled in, what is not stands there as a blank and is gone to. */
export function TemplateChoice({ kase, kind, draft, field }: TemplateChoiceProps) {
  const { t } = useTranslation();
  const all = useQuery(caseTemplates()).data?.templates ?? [];
  const fitting = all.filter((one) => one.kind === kind && one.compartment === kase.compartment);
  const insert = useMutation({
    mutationFn: (id: string) => {
      const { variables } = fitting.find((one) => one.id === id)!;
      const language = draft.body.language ?? kase.language;
      return call(fillCaseTemplate, {
        params: { id: kase.id, part: id },
        body: { ...(language ? { language } : {}), values: openValues(variables, kase) },
      });
    },
    onSuccess: ({ text: filled, language }, template) => {
      const before = draft.body.text.trimEnd();
      const whole = before === '' ? filled : `${before}\n\n${filled}`;
      draft.change({ text: whole, language, template });
      const blank = blanksIn(whole)[0];
      requestAnimationFrame(() => {
        field.current?.focus();
        if (blank) field.current?.setSelectionRange(blank.from, blank.to);
      });
    },
  });
  if (fitting.length === 0) return null;
  return (
    <>
      <select
        className="plain"
        aria-label={t('case.compose.template')}
        value=""
        disabled={insert.isPending}
        onChange={(event) => event.target.value && insert.mutate(event.target.value)}
      >
        <option value="">{t('case.compose.template')}</option>
        {fitting.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {insert.isError && <ErrorNote error={insert.error} />}
    </>
  );
}
