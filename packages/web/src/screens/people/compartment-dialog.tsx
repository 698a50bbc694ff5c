import type { CompartmentView, PersonView } from '@groundswell/contract';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Choices } from './access-fields.tsx';
import { people, useChangeCompartment, useMakeCompartment } from './people-queries.ts';

interface CompartmentDialogProps {
  /** Null for a new one. */
  of: CompartmentView | null;
  onClose: () => void;
}

/** Nobody is in it but those who are chosen here. */
export function CompartmentDialog({ of, onClose }: CompartmentDialogProps) {
  const { t } = useTranslation();
  const { said, say, members, toggle, save } = useDraft(of, onClose);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t(of ? 'compartment.change' : 'compartment.new')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={save.submit}>
        <div className="face">
          <TextInput
            required
            data-autofocus
            maxLength={60}
            dir="auto"
            label={t('compartment.title')}
            value={said.title}
            onChange={(event) => say({ title: event.currentTarget.value })}
          />
          <TextInput
            required
            readOnly={of !== null}
            maxLength={20}
            pattern="[a-z0-9_]+"
            classNames={{ input: 'mono' }}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            label={t('compartment.short')}
            description={of === null && t('compartment.shortHint')}
            value={said.name}
            onChange={(event) => say({ name: event.currentTarget.value.toLowerCase() })}
          />
        </div>
        <Textarea
          maxLength={500}
          autosize
          minRows={2}
          dir="auto"
          label={t('compartment.purpose')}
          value={said.purpose}
          onChange={(event) => say({ purpose: event.currentTarget.value })}
        />
        <Members of={of} chosen={members} onToggle={toggle} />
        <p className="small soft">{t('compartment.keeperWhy')}</p>
        {save.error !== null && <ErrorNote error={save.error} />}
        <div className="row">
          <Button look="go" type="submit" busy={save.busy}>
            {t(of ? 'staff.save' : 'compartment.make')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** What was begun stays when the list is asked for again behind it, and is saved against what was seen when it began. */
function useDraft(of: CompartmentView | null, onClose: () => void) {
  const make = useMakeCompartment();
  const change = useChangeCompartment(of?.name ?? '');
  const [said, setSaid] = useState({ title: of?.title ?? '', name: of?.name ?? '', purpose: of?.purpose ?? '' });
  const [members, setMembers] = useState<readonly string[]>(of?.members.map(({ id }) => id) ?? []);
  const toggle = (id: string) =>
    setMembers(members.includes(id) ? members.filter((one) => one !== id) : [...members, id]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { title: said.title.trim(), purpose: said.purpose.trim(), members: [...members] };
    if (of) change.mutate({ ...body, version: of.version }, { onSuccess: onClose });
    else make.mutate({ ...body, compartment: said.name.trim() }, { onSuccess: onClose });
  };
  const way = of ? change : make;
  return {
    said,
    say: (part: Partial<typeof said>) => setSaid({ ...said, ...part }),
    members,
    toggle,
    save: { submit, busy: way.isPending, error: way.error },
  };
}

interface MembersProps {
  of: CompartmentView | null;
  chosen: readonly string[];
  onToggle: (id: string) => void;
}

/** Everybody who works here, and members who do not any more, so that they can be taken out. */
function Members({ of, chosen, onToggle }: MembersProps) {
  const { t } = useTranslation();
  const me = useQuery(session()).data?.me?.id;
  const all = useQuery(people()).data?.people ?? [];
  const isMember = (id: string) => of?.members.some((one) => one.id === id) ?? false;
  const offered = all.filter(
    (one) => (one.deactivatedAt === null || isMember(one.id)) && (of !== null || one.id !== me),
  );
  const waits = new Set(of?.held.map(({ id }) => id));
  const label = ({ id, name, roles, deactivatedAt }: PersonView) =>
    [name, roles.join(', '), waits.has(id) && t('compartment.waits'), deactivatedAt !== null && t('compartment.gone')]
      .filter(Boolean)
      .join(' · ');
  return (
    <div className="tall">
      <Choices
        legend={t('compartment.members')}
        {...(of === null && { hint: t('compartment.membersWhy') })}
        options={offered.map((one) => ({ value: one.id, label: label(one) }))}
        chosen={chosen}
        onToggle={onToggle}
      />
    </div>
  );
}
