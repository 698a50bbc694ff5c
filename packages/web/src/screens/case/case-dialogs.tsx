import type { CaseDetail } from '@groundswell/contract';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { BatonForm } from './baton-form.tsx';
import { CaseDialog, MetDialog } from './case-dialog.tsx';
import { LinkForm, SplitForm } from './join-forms.tsx';
import { DuplicateForm, GiveForm, NotOursForm, RefuseForm, WaitForm } from './move-forms.tsx';
import { PriorityForm } from './priority-form.tsx';
import { ReadBackForm } from './read-back-form.tsx';
import { ResolveForm } from './resolve-form.tsx';
import type { Versioned } from './use-versioned.ts';

export interface FormProps {
  kase: CaseDetail;
  versioned: Versioned;
  onClose: () => void;
  /** This case is done with for now: on to the next one of the queue. */
  onEnded: () => void;
}

const FORMS = {
  wait: WaitForm,
  resolve: ResolveForm,
  duplicate: DuplicateForm,
  not_ours: NotOursForm,
  refuse: RefuseForm,
  give: GiveForm,
  priority: PriorityForm,
  link: LinkForm,
  split: SplitForm,
  hand_over: BatonForm,
  accept: ReadBackForm,
} as const satisfies Record<string, ComponentType<FormProps>>;

/** What can be asked of a person before something is done. `clocks` is shown by their strip. */
export type Asked = keyof typeof FORMS | 'clocks';

/** What is read and written in them does not fit into a narrow one. */
const WIDE: ReadonlySet<string> = new Set(['hand_over', 'accept']);

interface CaseDialogsProps extends FormProps {
  asked: Asked | null;
}

/** While two versions meet, the form waits behind them with everything that was typed. */
export function CaseDialogs({ asked, ...props }: CaseDialogsProps) {
  const { t } = useTranslation();
  const { kase, versioned, onClose } = props;
  const name = asked === 'clocks' ? null : asked;
  const Form = name === null ? null : FORMS[name];
  const { met } = versioned;
  return (
    <>
      <CaseDialog
        title={name === null ? '' : t(`case.dialog.${name}`, { reference: kase.reference })}
        opened={Form !== null && met === null}
        onClose={onClose}
        wide={name !== null && WIDE.has(name)}
      >
        {Form && <Form {...props} />}
      </CaseDialog>
      <MetDialog
        opened={met !== null}
        fields={(met?.fields ?? []).map(({ name: field, mine, of }) => ({ name: field, mine, theirs: of(kase) }))}
        may={met?.may(kase) ?? false}
        busy={versioned.act.isPending}
        onMine={versioned.again}
        onTheirs={() => {
          versioned.letGo();
          onClose();
        }}
      />
    </>
  );
}
