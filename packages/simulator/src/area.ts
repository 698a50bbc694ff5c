/** The areas of a contact form, and which one a thing belongs to. */
export const AREAS = ['account', 'money', 'creator tools', 'safety', 'shop and ads', 'app'] as const;

const AREA_OF: readonly (readonly [RegExp, (typeof AREAS)[number]])[] = [
  [/^(account_access|verification|takeover|vendor|family)/, 'account'],
  [/^(monetisation|payout|fix\.gifts|talk\.price)/, 'money'],
  [/^(publishing|live|reach|bug|ramp\.feed|fix)/, 'creator tools'],
  [/^(ads|shop|outage\.shop|rights_consumer)/, 'shop and ads'],
  [/^(app_quality|messaging|outage|ramp|talk|privacy_data|macro)/, 'app'],
];

/** The area of an intent or story; what is left is a matter of safety. */
export const areaOf = (label: string): (typeof AREAS)[number] =>
  AREA_OF.find(([pattern]) => pattern.test(label))?.[1] ?? 'safety';
