/** A case that is being opened, before anybody else knows of it. Pure. */
import type { CallOf, CaseFacts, CaseKind, openCase, prefillCase, ReplyOf, RequesterKind } from '@groundswell/contract';

export interface OpenDraft {
  readonly kind: CaseKind;
  readonly compartment: string;
  readonly ask: string;
  readonly title: string;
  readonly requester: RequesterKind;
  readonly name: string;
  readonly ref: string;
  readonly language: string;
  readonly region: string;
  /** Accounts, one on a line. */
  readonly people: string;
  readonly facts: CaseFacts;
  /** Made here, so that what is sent twice opens one case. */
  readonly key: string;
}

const FACTS: CaseFacts = {
  ...{ harm: null, support: null, imminence: 'unknown', minor: false, vulnerable: false, viewsPerHour: null },
  ...{ growing: false, audience: [], usersAffected: null, moneyAtStake: false, repeat: false, massEnforcement: false },
  ...{ followers: null, legal: null },
};

type Known = ReplyOf<typeof prefillCase>;

/** With what is known of where it is opened from; from nothing, an escalation: somebody has just asked. */
export function begun(known: Known | null, key: string, compartments: readonly string[]): OpenDraft {
  return {
    ...{ ask: '', title: '', requester: 'support_agent', name: '', ref: '', people: '', key },
    kind: known?.kind ?? 'escalation',
    compartment: known?.compartment ?? (compartments.includes('open') ? 'open' : (compartments[0] ?? 'open')),
    language: known?.language ?? '',
    region: known?.region ?? '',
    facts: { ...FACTS, ...known?.facts },
  };
}

const PEOPLE_MAX = 500;

export const peopleIn = (text: string): string[] =>
  [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '').slice(0, PEOPLE_MAX);

/** Something has to say what it is about: words, or what it is opened from. */
export const isReady = ({ ask, title }: OpenDraft, known: Known | null): boolean =>
  ask.trim() !== '' || title.trim() !== '' || (known !== null && known.signals.length + known.issues.length > 0);

const orNull = (text: string): string | null => text.trim() || null;

export function bodyOf(draft: OpenDraft, known: Known | null): CallOf<typeof openCase>['body'] {
  const { kind, compartment, key, ask, requester, name, ref } = draft;
  // Words for a requester without a name stay what they are: their role.
  const asked = name.trim() === '' ? null : { kind: requester, name: name.trim(), ref: orNull(ref) };
  return {
    ...{ kind, compartment, key, ask: ask.trim(), title: orNull(draft.title), source: 'form' },
    language: orNull(draft.language),
    region: orNull(draft.region.toUpperCase()),
    requester: kind === 'escalation' ? asked : null,
    people: peopleIn(draft.people).map((person) => ({ person })),
    facts: draft.facts,
    signals: known?.signals ?? [],
    issues: known?.issues.map(({ id }) => id) ?? [],
  };
}
