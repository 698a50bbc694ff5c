/** What there is to say: about two hundred intents over the support and harm taxonomies, and the talk beside them. */
import type { SignalKind } from '@groundswell/contract';
import { Chance, type Wheel, wheelOf } from './random.ts';

/** X0–X4 of the harm taxonomy's leaves; what is not here is X0. */
const EXPOSURE: Readonly<Record<string, number>> = {
  'child_safety.csam': 4,
  'child_safety.grooming_sextortion': 3,
  'child_safety.abuse_neglect': 4,
  'child_safety.underage_minor_privacy': 1,
  'self_harm.imminent': 4,
  'self_harm.promotion': 3,
  'self_harm.eating_disorder': 2,
  'self_harm.support_need': 1,
  'dangerous_acts.viral_challenge': 2,
  'dangerous_acts.dangerous_stunt': 2,
  'dangerous_acts.hazard_instructions': 2,
  'dangerous_acts.public_health_risk': 2,
  'violence.credible_threat': 2,
  'violence.incitement': 2,
  'violence.graphic': 4,
  'violence.trafficking': 3,
  'extremism.attack_media': 4,
  'extremism.terrorist_content': 3,
  'extremism.designated_entity': 2,
  'extremism.recruitment_finance': 2,
  'hate.hate_speech': 3,
  'hate.dehumanising_slurs': 2,
  'hate.hateful_ideology': 3,
  'hate.discrimination': 2,
  'bullying.targeted': 2,
  'bullying.brigading': 2,
  'bullying.gender_based': 3,
  'bullying.defamation': 1,
  'sexual.ncii': 3,
  'sexual.synthetic_intimate': 3,
  'sexual.adult_exploitation': 4,
  'sexual.nudity_sexual': 2,
  'privacy.doxxing': 1,
  'privacy.personal_data': 1,
  'privacy.stalking': 2,
  'animal_welfare.cruelty': 4,
  'animal_welfare.fighting_staged': 3,
  'animal_welfare.sexual_abuse': 4,
  'animal_welfare.unlawful_sale': 1,
  'integrity.harmful_misinfo': 1,
  'regulated_goods.drugs': 1,
  'regulated_goods.weapons': 1,
  'unclassified.unspecified': 2,
  'unclassified.other_terms': 1,
};

/** First words of the leaves that people report about others. */
const HARM =
  /^(child_safety|self_harm|dangerous_acts|violence|extremism|hate|bullying|sexual|privacy|animal_welfare|integrity|fraud|regulated_goods|rights_consumer|unclassified)\./;
/** For people with the right to it only. */
const CONFIDENTIAL =
  /^(child_safety\.(csam|grooming)|self_harm\.imminent|violence\.credible|safety_report\.(trusted|authority))/;

export interface Intent {
  /** `payout_missing_or_late/late` under its topic: a leaf of the taxonomy and which way of being hurt by it. */
  readonly id: string;
  readonly weight: number;
  readonly kinds: Wheel<SignalKind>;
  /** X0–X4: how hard the thing itself is to look at; words only hint at it. */
  readonly exposure: number;
  readonly confidential: boolean;
  /** Stars that go with it; null where nobody rates. */
  readonly stars: readonly number[];
}

const kinds = (...weights: [SignalKind, number][]): Wheel<SignalKind> => wheelOf(weights);
const REPORTED = kinds(['user_report', 78], ['ticket', 10], ['machine_flag', 8], ['social_mention', 4]);
const APPEALED = kinds(['appeal', 62], ['ticket', 24], ['app_review', 8], ['social_mention', 6]);
const SUPPORT = kinds(['ticket', 52], ['app_review', 22], ['feedback', 17], ['social_mention', 9]);
const QUALITY = kinds(['app_review', 55], ['feedback', 20], ['ticket', 15], ['social_mention', 10]);
const TALK = kinds(['app_review', 48], ['social_mention', 27], ['feedback', 25]);
const APPEALS = /^enforcement_appeals\./;
const APP = /^(app_quality|publishing|messaging|live)\./;

/** The intents of a world: which are frequent is drawn with the seed, so that no world is like another. */
export function intentsOf(seed: number, ids: readonly string[]): Intent[] {
  const chance = new Chance(seed, 'intents');
  const rank = new Map(chance.shuffled(ids).map((id, i) => [id, i]));
  return ids.map((id) => ({
    id,
    weight: (rank.get(id)! + 12) ** -0.6 * share(id),
    kinds: kindsOf(id),
    exposure: EXPOSURE[id.split('/')[0]!] ?? 0,
    confidential: CONFIDENTIAL.test(id),
    stars: starsOf(id),
  }));
}

const share = (id: string): number => (HARM.test(id) ? 0.65 : id.startsWith('talk.') ? 1.5 : 1);

function kindsOf(id: string): Wheel<SignalKind> {
  if (id.startsWith('talk.')) return TALK;
  if (HARM.test(id)) return REPORTED;
  if (APPEALS.test(id)) return APPEALED;
  return APP.test(id) ? QUALITY : SUPPORT;
}

function starsOf(id: string): readonly number[] {
  if (id.startsWith('talk.praise')) return [5, 5, 5, 4];
  if (id.startsWith('talk.request') || id.startsWith('talk.question')) return [4, 4, 3, 5];
  return [1, 1, 1, 2, 2, 3];
}
