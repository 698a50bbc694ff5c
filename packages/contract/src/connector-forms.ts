/** What each kind of connector has to be told: one list for the form on screen and for the check on the server. */

export const POLLED_KINDS = [
  'zendesk',
  'freshdesk',
  'intercom',
  'app_store',
  'google_play',
  'mailbox',
  'json_poll',
] as const;
export const WEBHOOK_KINDS = ['zendesk_webhook', 'intercom_webhook', 'standard_webhook'] as const;
export const CONNECTOR_KINDS = [...POLLED_KINDS, ...WEBHOOK_KINDS] as const;
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number];

export interface ConnectorField {
  readonly name: string;
  /** `secret` is stored sealed and never shown again; `key` is a secret of several lines (a private key, JSON). */
  readonly input: 'line' | 'address' | 'number' | 'secret' | 'key' | 'switch' | 'mapping';
  readonly required: boolean;
  /** What a value looks like; for the screen, and never a real one. */
  readonly example?: string;
  readonly standard?: string | number | boolean;
}

/** A webhook without a secret of the sender gets one of ours, shown once. */
export const CONNECTOR_FORMS: Readonly<Record<ConnectorKind, readonly ConnectorField[]>> = {
  zendesk: [
    { name: 'address', input: 'address', required: true, example: 'https://acme.zendesk.com' },
    { name: 'email', input: 'line', required: true, example: 'bot@acme.com' },
    { name: 'token', input: 'secret', required: true },
  ],
  freshdesk: [
    { name: 'address', input: 'address', required: true, example: 'https://acme.freshdesk.com' },
    { name: 'token', input: 'secret', required: true },
  ],
  intercom: [
    { name: 'address', input: 'address', required: true, standard: 'https://api.intercom.io' },
    { name: 'token', input: 'secret', required: true },
  ],
  app_store: [
    { name: 'address', input: 'address', required: true, standard: 'https://api.appstoreconnect.apple.com' },
    { name: 'app', input: 'line', required: true, example: '1234567890' },
    { name: 'issuer', input: 'line', required: true, example: '57246542-96fe-1a63-e053-0824d011072a' },
    { name: 'keyId', input: 'line', required: true, example: '2X9R4HXF34' },
    { name: 'privateKey', input: 'key', required: true },
  ],
  google_play: [
    { name: 'address', input: 'address', required: true, standard: 'https://androidpublisher.googleapis.com' },
    { name: 'package', input: 'line', required: true, example: 'com.acme.app' },
    { name: 'serviceAccount', input: 'key', required: true },
  ],
  mailbox: [
    { name: 'host', input: 'line', required: true, example: 'imap.acme.com' },
    { name: 'port', input: 'number', required: true, standard: 993 },
    { name: 'user', input: 'line', required: true, example: 'feedback@acme.com' },
    { name: 'password', input: 'secret', required: true },
    { name: 'folder', input: 'line', required: true, standard: 'INBOX' },
  ],
  json_poll: [
    { name: 'address', input: 'address', required: true, example: 'https://tools.acme.com/feedback.json' },
    { name: 'token', input: 'secret', required: false },
    /** Where the rows are, as dotted names; empty when the answer itself is the list. */
    { name: 'rows', input: 'line', required: false, example: 'data.items' },
    /** Parameter that takes the cursor, and where the answer tells the next one. */
    { name: 'cursorParameter', input: 'line', required: false, example: 'cursor' },
    { name: 'nextCursor', input: 'line', required: false, example: 'meta.next' },
    /** Parameter that takes the time to begin with, as ISO 8601: for a back-fill. */
    { name: 'sinceParameter', input: 'line', required: false, example: 'since' },
    { name: 'mapping', input: 'mapping', required: true },
  ],
  zendesk_webhook: [{ name: 'secret', input: 'secret', required: true }],
  intercom_webhook: [{ name: 'secret', input: 'secret', required: true }],
  standard_webhook: [
    { name: 'secret', input: 'secret', required: false, example: 'whsec_…' },
    { name: 'rows', input: 'line', required: false, example: 'data.items' },
    { name: 'mapping', input: 'mapping', required: true },
  ],
};

/**
 * Whether a connector of this kind waits to be called instead of asking by itself.
 * @example
 * isWebhook('zendesk_webhook'); // true
 */
export const isWebhook = (kind: ConnectorKind): boolean => (WEBHOOK_KINDS as readonly string[]).includes(kind);
