/** Exports of other systems, known by their columns: whose they are, and what each column is. */

/** Where a column goes. `dimension` keeps it under its own name, `ignore` drops it. */
export type Target =
  | 'id'
  | 'ts'
  | 'text'
  | 'title'
  | 'author'
  | 'rating'
  | 'language'
  | 'updated_at'
  | 'creator_tier'
  | 'exposure';
export type Place = Target | 'dimension' | 'ignore';

export type KnownExport = 'google_play' | 'app_store' | 'zendesk' | 'freshdesk' | 'intercom' | 'coop' | 'ozone';

interface Shape {
  readonly from: KnownExport;
  /** One line each: names of which one must be there. */
  readonly marks: string;
  /** One line each: a place, and the names of its columns, best first. Of several for one target the first is taken. */
  readonly places: string;
}

/** The first whose marks are all there is taken, so that the narrower stand before the wider. */
const SHAPES: readonly Shape[] = [
  {
    from: 'google_play', // the monthly CSV; some months lack the device or the version
    marks: `Package Name
      Star Rating
      Review Text, Review Submit Millis Since Epoch`,
    places: `id: Review Link
      ts: Review Submit Millis Since Epoch, Review Submit Date and Time
      updated_at: Review Last Update Millis Since Epoch, Review Last Update Date and Time
      text: Review Text
      title: Review Title
      rating: Star Rating
      language: Reviewer Language
      dimension: Package Name, App Version Code, App Version Name, Device
      ignore: Developer Reply Date and Time, Developer Reply Millis Since Epoch, Developer Reply Text`,
  },
  {
    from: 'google_play', // reviews of the Android Publisher API
    marks: `reviewId
      comments.userComment.text, comments.userComment.starRating`,
    places: `id: reviewId
      ts: comments.userComment.lastModified
      text: comments.userComment.text
      author: authorName
      rating: comments.userComment.starRating
      language: comments.userComment.reviewerLanguage
      dimension: comments.userComment.device, comments.userComment.androidOsVersion
      dimension: comments.userComment.appVersionCode, comments.userComment.appVersionName
      ignore: comments.userComment.originalText, comments.userComment.deviceMetadata
      ignore: comments.userComment.thumbsUpCount, comments.userComment.thumbsDownCount
      ignore: comments.developerComment.text, comments.developerComment.lastModified`,
  },
  {
    from: 'app_store', // customer reviews of App Store Connect, and their attributes alone
    marks: `attributes.rating, rating
      attributes.reviewerNickname, reviewerNickname
      attributes.createdDate, createdDate`,
    places: `id: id
      ts: attributes.createdDate, createdDate
      text: attributes.body, body
      title: attributes.title, title
      author: attributes.reviewerNickname, reviewerNickname
      rating: attributes.rating, rating
      dimension: attributes.territory, territory
      ignore: type, links.self, relationships.response.links, relationships.response.data`,
  },
  {
    from: 'ozone', // moderation events, reports among them
    marks: `event.$type
      subject.$type, subject.did, subject.uri
      createdBy
      createdAt`,
    places: `id: id
      ts: createdAt
      text: event.comment
      author: createdBy
      dimension: event.$type, event.reportType, subject.$type, modTool.name
      ignore: subject.did, subject.uri, subject.cid, subjectBlobCids, creatorHandle, subjectHandle`,
  },
  {
    from: 'ozone', // reports as the protocol makes them
    marks: `reasonType
      reportedBy
      subject.$type, subject.did, subject.uri
      createdAt`,
    places: `id: id
      ts: createdAt
      text: reason
      author: reportedBy
      dimension: reasonType, subject.$type
      ignore: subject.did, subject.uri, subject.cid`,
  },
  {
    from: 'ozone', // states of subjects
    marks: `reviewState
      subject.$type, subject.did, subject.uri
      createdAt
      updatedAt`,
    places: `id: id
      ts: createdAt
      updated_at: updatedAt
      text: comment
      dimension: reviewState, subject.$type, tags, takendown, appealed
      ignore: subject.did, subject.uri, subject.cid, subjectBlobCids, subjectRepoHandle, lastReportedAt
      ignore: lastReviewedAt, lastReviewedBy, lastAppealedAt, muteUntil, suspendUntil, priorityScore`,
  },
  {
    from: 'coop', // reports
    marks: `reportedItem.id
      reportedItem.typeId
      reportedAt`,
    places: `id: reportId, id
      ts: reportedAt
      text: reportedForReason.reason
      author: reporter.id
      dimension: reportedForReason.policyId, reportedForReason.csam, reportedItem.typeId
      dimension: reporter.kind, reporter.typeId
      ignore: reportedItem.id, reportedItemThread, reportedItemsInThread, additionalItems`,
  },
  {
    from: 'intercom', // conversations of the API
    marks: `source.body
      source.author.id, source.author.type, source.delivered_as
      created_at`,
    places: `id: id
      ts: created_at
      updated_at: updated_at
      text: source.body
      title: source.subject, title
      author: source.author.id
      rating: conversation_rating.rating
      dimension: state, priority, open, read, tags.tags
      dimension: source.type, source.delivered_as, source.author.type
      ignore: type, source.id, source.url, source.redacted, source.author.name, source.author.email
      ignore: admin_assignee_id, team_assignee_id, waiting_since, snoozed_until, contacts.contacts
      ignore: conversation_rating.remark, conversation_rating.created_at, linked_objects.data`,
  },
  {
    from: 'intercom', // one row per message, as CSV
    marks: `message_id
      message_body
      conversation_id
      message_created_at`,
    places: `id: message_id
      ts: message_created_at
      text: message_body
      author: message_author_id, message_author_user_id
      dimension: message_type, message_author_type, conversation_tags, conversation_state, app_name
      ignore: message_author_name, message_author_email, message_author_companies, conversation_id
      ignore: app_id, conversation_created_at, conversation_first_response_at, conversation_closed_at`,
  },
  {
    from: 'freshdesk', // tickets of the API
    marks: `description_text, fr_due_by, fr_escalated
      requester_id, responder_id
      source
      created_at`,
    places: `id: id
      ts: created_at
      updated_at: updated_at
      text: description_text, description
      title: subject
      author: requester_id
      dimension: status, priority, source, type, group_id, company_id, product_id, tags
      ignore: responder_id, due_by, fr_due_by, nr_due_by, fr_escalated, nr_escalated, is_escalated, spam
      ignore: association_type, associated_tickets_count, cc_emails, fwd_emails, reply_cc_emails, to_emails`,
  },
  {
    from: 'freshdesk', // the list of tickets, as CSV
    marks: `Ticket ID
      Subject
      Created time
      Due by Time, Last update time, Initial response time, Resolved time`,
    places: `id: Ticket ID
      ts: Created time
      updated_at: Last update time
      text: Description
      title: Subject
      author: Contact ID, Requester ID, Email, Full name
      dimension: Status, Priority, Source, Type, Group, Product, Tags, Company name, Survey results
      dimension: Resolution status, First response status
      ignore: Agent, Due by Time, Resolved time, Closed time, Initial response time, Time tracked
      ignore: First response time (in hrs), Resolution time (in hrs), Agent interactions
      ignore: Customer interactions, Work phone, Mobile phone, Twitter ID`,
  },
  {
    from: 'zendesk', // tickets of the API, and of the JSON export
    marks: `requester_id, requester.id
      submitter_id, submitter.id, raw_subject, via.channel
      created_at
      subject, description`,
    places: `id: id
      ts: created_at
      updated_at: updated_at
      text: description
      title: subject, raw_subject
      author: requester_id, requester.id
      dimension: type, priority, status, tags, via.channel, brand_id, group_id, organization_id
      dimension: ticket_form_id, satisfaction_rating.score, group.name, organization.name
      ignore: url, external_id, recipient, submitter_id, assignee_id, collaborator_ids, follower_ids
      ignore: email_cc_ids, problem_id, has_incidents, is_public, due_at, custom_fields, fields, custom_status_id
      ignore: satisfaction_rating.id, satisfaction_rating.comment, sharing_agreement_ids, followup_ids
      ignore: from_messaging_channel, generated_timestamp, requester.name, requester.email
      ignore: submitter.id, submitter.name, submitter.email, assignee.id, assignee.name, assignee.email`,
  },
  {
    from: 'zendesk', // a view, or the full export, as CSV
    marks: `ID, Ticket ID
      Subject
      Requester, Requester id, Requester name
      Created at, Requested, Request date
      Updated at, Updated, Assignee, Latest update, Status, Ticket status`,
    places: `id: ID, Ticket ID
      ts: Created at, Requested, Request date
      updated_at: Updated at, Latest update, Updated
      text: Description, Latest comment
      title: Subject
      author: Requester id, Requester external id, Requester, Requester email, Requester name
      language: Locale, Language
      dimension: Status, Ticket status, Priority, Type, Ticket type, Via, Channel, Brand, Group, Organization
      dimension: Tags, Current Tags, Satisfaction Score, Ticket form
      ignore: Assignee, Assignee id, Submitter, Requester domain, Due date, Solved at, Assigned at
      ignore: Initially assigned at, Assignee updated at, Requester updated at, Summation column`,
  },
];

/** Names are compared like this: without case, spaces and marks. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const namesIn = (line: string): string[] => line.split(',').map(plainName);
const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim());

const KNOWN = SHAPES.map(({ from, marks, places }) => ({
  from,
  marks: linesOf(marks).map(namesIn),
  places: linesOf(places).map((line): readonly [Place, readonly string[]] => {
    const at = line.indexOf(':');
    return [line.slice(0, at) as Place, namesIn(line.slice(at + 1))];
  }),
}));

const shapeOf = (columns: readonly string[]) => {
  const there = new Set(columns.map(plainName));
  return KNOWN.find(({ marks }) => marks.every((names) => names.some((name) => there.has(name))));
};

/**
 * Whose export a file is, told by the names of its columns; null when nobody's that we know.
 * @example
 * knownExport(['Package Name', 'Star Rating', 'Review Text']); // 'google_play'
 */
export const knownExport = (columns: readonly string[]): KnownExport | null => shapeOf(columns)?.from ?? null;

/** What the columns of a known export are, by name. Columns beyond it are not in the answer. */
export function knownPlaces(columns: readonly string[]): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  const given = new Set<Place>();
  for (const [place, names] of shapeOf(columns)?.places ?? []) {
    for (const name of names) {
      const column = columns.find((one) => plainName(one) === name && !found.has(one));
      if (column === undefined) continue;
      const once = place !== 'dimension' && place !== 'ignore';
      found.set(column, once && given.has(place) ? 'ignore' : place);
      given.add(place);
    }
  }
  return found;
}

/**
 * The lasting part of an id. Google Play links to a review, and the link around the review's id differs from one export to the
 * next; any other id is itself.
 * @example
 * lastingId('https://play.google.com/apps/publish?account=7#ReviewDetailsPlace:p=a.b&reviewid=gp:AOqp'); // 'gp:AOqp'
 */
export function lastingId(id: string): string {
  const found = /^https?:\/\/.*[?&#]reviewid=([^&#\s]+)/i.exec(id)?.[1];
  if (!found) return id;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}
