/** What a case is about, when somebody is harmed: stable codes, with the least urgency and the exposure that each begins with. */
import { z } from 'zod';

/**
 * `[floor, exposure]`: a new case of this harm is at least as urgent as its floor (0 to 4), and shown no more openly than its
 * exposure (X0 to X4). Codes are never used for something else; a code that is given up stays known.
 */
export const HARMS = {
  'child_safety.csam': [0, 4],
  'child_safety.grooming_sextortion': [0, 3],
  'child_safety.abuse_neglect': [1, 4],
  'child_safety.underage_minor_privacy': [2, 1],
  'self_harm.imminent': [0, 4],
  'self_harm.promotion': [1, 3],
  'self_harm.eating_disorder': [2, 2],
  'self_harm.support_need': [2, 1],
  'dangerous_acts.viral_challenge': [1, 2],
  'dangerous_acts.dangerous_stunt': [2, 2],
  'dangerous_acts.hazard_instructions': [1, 2],
  'dangerous_acts.public_health_risk': [2, 2],
  'violence.credible_threat': [0, 2],
  'violence.incitement': [1, 2],
  'violence.graphic': [2, 4],
  'violence.trafficking': [0, 3],
  'extremism.attack_media': [0, 4],
  'extremism.terrorist_content': [0, 3],
  'extremism.designated_entity': [1, 2],
  'extremism.recruitment_finance': [1, 2],
  'hate.hate_speech': [2, 3],
  'hate.dehumanising_slurs': [2, 2],
  'hate.hateful_ideology': [2, 3],
  'hate.discrimination': [3, 2],
  'bullying.targeted': [2, 2],
  'bullying.brigading': [1, 2],
  'bullying.gender_based': [2, 3],
  'bullying.defamation': [3, 1],
  'sexual.ncii': [0, 3],
  'sexual.synthetic_intimate': [0, 3],
  'sexual.adult_exploitation': [1, 4],
  'sexual.nudity_sexual': [3, 2],
  'privacy.doxxing': [1, 1],
  'privacy.personal_data': [2, 1],
  'privacy.stalking': [1, 2],
  'privacy.erasure_request': [3, 0],
  'animal_welfare.cruelty': [1, 4],
  'animal_welfare.fighting_staged': [2, 3],
  'animal_welfare.sexual_abuse': [1, 4],
  'animal_welfare.unlawful_sale': [3, 1],
  'integrity.civic': [2, 0],
  'integrity.harmful_misinfo': [2, 1],
  'integrity.synthetic_media': [3, 0],
  'integrity.covert_influence': [1, 0],
  'fraud.account_takeover': [1, 0],
  'fraud.scam_phishing': [2, 0],
  'fraud.monetisation_abuse': [2, 0],
  'fraud.spam_fake_engagement': [3, 0],
  'regulated_goods.drugs': [2, 1],
  'regulated_goods.weapons': [1, 1],
  'regulated_goods.age_restricted': [3, 0],
  'regulated_goods.unsafe_product': [2, 0],
  'rights_consumer.copyright': [3, 0],
  'rights_consumer.trademark_counterfeit': [3, 0],
  'rights_consumer.undisclosed_ad': [3, 0],
  'rights_consumer.trader_information': [3, 0],
  'unclassified.unspecified': [2, 2],
  'unclassified.other_terms': [3, 1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
export type HarmCode = keyof typeof HARMS;
export const HARM_CODES = Object.keys(HARMS) as [HarmCode, ...HarmCode[]];
export const HarmCodeWord = z.enum(HARM_CODES);

/** What somebody needs help with, when nobody is harmed. */
export const SUPPORT_GROUPS = [
  'account_access',
  'verification',
  'enforcement_appeals',
  'monetisation',
  'publishing',
  'live',
  'reach',
  'ads',
  'shop',
  'privacy_data',
  'messaging',
  'app_quality',
  'family_wellbeing',
  'safety_report',
] as const;
export const SupportGroup = z.enum(SUPPORT_GROUPS);
export type SupportGroup = z.infer<typeof SupportGroup>;
