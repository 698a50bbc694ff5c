/** The foreseen "no". Everything else that goes wrong is a fault and is logged whole. */

/** Every code a refusal can carry, and the HTTP status it travels under. Clients compare codes, never messages. */
const STATUS = {
  'request.invalid': 400,
  'request.too_large': 413,
  'request.not_found': 404,
  'request.unsupported_format': 415,
  'access.not_signed_in': 401,
  'access.wrong_credentials': 401,
  'access.forged': 403,
  'access.not_allowed': 403,
  'access.too_many_attempts': 429,
  'access.link_used_or_expired': 410,
  'access.link_changed': 409,
  'access.already_set_up': 409,
  'access.weak_password': 400,
  'access.wrong_password': 400,
  'access.token_not_found': 404,
  'access.session_not_found': 404,
  'access.beyond_own': 403,
  'person.not_found': 404,
  'person.email_taken': 409,
  'person.changed_meanwhile': 409,
  'person.last_admin': 409,
  'person.self': 409,
  'person.wrong_state': 409,
  'compartment.not_found': 404,
  'compartment.name_taken': 409,
  'compartment.open': 409,
  'compartment.too_few_keepers': 409,
  'compartment.changed_meanwhile': 409,
  'compartment.not_empty': 409,
  'compartment.nobody_waits': 404,
  'invitation.not_found': 404,
  'role.not_found': 404,
  'role.name_taken': 409,
  'role.in_use': 409,
  'role.locked': 409,
  'role.changed_meanwhile': 409,
  'team.not_found': 404,
  'team.name_taken': 409,
  'team.changed_meanwhile': 409,
  'baton.not_found': 404,
  'baton.wrong_state': 409,
  'baton.not_yours': 403,
  'baton.incomplete': 409,
  'baton.case_ended': 409,
  'baton.overtaken': 409,
  'baton.read_back_differs': 409,
  'baton.changed_meanwhile': 409,
  'shift.not_found': 404,
  'shift.changed_meanwhile': 409,
  'shift.not_yours': 409,
  'shift.not_possible': 409,
  'source.not_found': 404,
  'source.name_taken': 409,
  'source.changed_meanwhile': 409,
  'signal.not_found': 404,
  'import.not_found': 404,
  'import.not_readable': 422,
  'import.wrong_state': 409,
  'import.mapping_incomplete': 400,
  'import.file_gone': 410,
  'batch.not_found': 404,
  'batch.other_content': 409,
  'batch.stalled': 408,
  'batch.busy': 409,
  'batch.wrong_place': 409,
  'notice.not_found': 404,
  'connector.not_found': 404,
  'connector.settings_invalid': 400,
  'connector.wrong_state': 409,
  'connector.changed_meanwhile': 409,
  'webhook.not_signed': 401,
  'net.not_allowed': 403,
  'net.unreachable': 502,
  'dimension.not_found': 404,
  'dimension.merge_in_circle': 409,
  'copies.not_found': 404,
  'change.not_found': 404,
  'privacy.key_missing': 503,
  'issue.not_found': 404,
  'issue.wrong_state': 409,
  'issue.changed_meanwhile': 409,
  'issue.reason_missing': 400,
  'impact.cohort_impossible': 400,
  'issue.other_compartment': 409,
  'issue.merged': 409,
  'issue.not_mergeable': 409,
  'issue.not_divisible': 409,
  'issue.linked_already': 409,
  'triage.not_found': 404,
  'triage.undo_over': 409,
  'comment.not_found': 404,
  'comment.time_over': 409,
  'comment.unknown_name': 400,
  'case.not_found': 404,
  'case.part_not_found': 404,
  'case.wrong_state': 409,
  'case.wrong_outcome': 400,
  'case.changed_meanwhile': 409,
  'case.reason_missing': 400,
  'case.other_compartment': 409,
  'case.not_mergeable': 409,
  'case.not_divisible': 409,
  'case.not_told': 409,
  'case.not_yours': 409,
  'case.second_person': 403,
  'case.reach_changed': 409,
  'case.unknown_law': 400,
  'case.law_overlaps': 409,
  'case.undo_over': 409,
  'clock.changed_meanwhile': 409,
  'clock.not_countable': 400,
  'clock.needed': 409,
  'template.not_found': 404,
  'template.broken': 400,
  'template.no_language': 409,
  'template.variable_missing': 400,
  'template.changed_meanwhile': 409,
  'view.not_found': 404,
  'view.changed_meanwhile': 409,
  'view.too_many': 409,
  'export.not_found': 404,
  'export.too_large': 413,
  'export.too_many': 409,
  'export.not_ready': 409,
  'issue.undo_over': 409,
  'world.not_found': 404,
  'world.wrong_state': 409,
  'world.too_many': 409,
  'world.truth_hidden': 409,
  'live.too_many': 429,
  'job.unknown': 400,
  'house.disk_full': 507,
  'house.database_away': 503,
  'house.too_busy': 503,
  'house.stopping': 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/**
 * A foreseen no: thrown by domain and actions, translated in one place, shown to the person as it stands.
 *
 * @param code    what kind of no, for programs
 * @param message what happened and what to do, for people: one or two plain sentences
 * @param details ids and codes that help to act on it; never text that a user wrote
 *
 * @example
 * throw new Refusal('issue.wrong_state', 'A dismissed issue cannot be confirmed. Reopen it first.', { state: 'dismissed' });
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/**
 * The HTTP status of a refusal.
 * @example
 * statusOf('issue.not_found'); // 404
 */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}
