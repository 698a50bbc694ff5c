-- Cases: escalations and investigations about particular people or content. No foreign keys among cases: a sample is removed
-- in bites. What is said outside, asked of partners and noted inside stands in three tables, so that no slip mixes them.

create table case_numbers (
  -- Of one compartment and year, so that a gap tells no outsider that something hidden exists.
  compartment text not null references compartments,
  year int not null,
  next_number int not null,
  primary key (compartment, year)
);
alter table case_numbers enable row level security;
create policy in_compartment on case_numbers to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (next_number) on case_numbers to gs_app;

create table cases (
  id uuid primary key,
  compartment text not null references compartments,
  year int not null,
  number int not null,
  version int not null default 1,
  kind text not null check (kind in ('escalation', 'investigation')),
  state text not null,
  waiting_for text,
  -- A name that a person of ours gave; else it is called by its codes.
  title text,
  -- What is asked or suspected. Personal data is replaced before it is kept.
  ask text not null,
  harm text,
  support text,
  facts jsonb not null,
  -- 0 is P0.
  priority smallint not null,
  proposed smallint not null,
  reasons jsonb not null,
  -- Why a person decided otherwise; null while the rules decide.
  override_reason text,
  override_by text,
  -- The line of law that was in effect when the facts were given.
  law_id uuid,
  language text,
  region text,
  requester_kind text,
  requester_name text,
  requester_ref text,
  source text not null,
  owner_id uuid references people,
  team_id uuid,
  outcome text,
  -- The message by which the requester was told, or why there is none.
  told_by uuid,
  untold text,
  searched text,
  exit_reason text,
  note text,
  merged_into uuid,
  opened_by text not null,
  -- Given by whoever opens it over an uncertain line: said twice, it is opened once.
  opened_key uuid,
  alert_id uuid,
  opened_at timestamptz not null,
  acknowledged_at timestamptz,
  state_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  unique (compartment, year, number)
);
create unique index cases_opened_key on cases (opened_by, opened_key) where opened_key is not null;
create index cases_queue on cases (priority, opened_at, id) where state not in ('closed', 'duplicate', 'not_ours');
create index cases_changed on cases (changed_at desc, id);
create index cases_opened on cases (opened_at desc, id);
create index cases_owner on cases (owner_id, state) where owner_id is not null;
create index cases_merged on cases (merged_into) where merged_into is not null;
alter table cases enable row level security;
create policy in_compartment on cases to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (version, state, waiting_for, title, harm, support, facts, priority, proposed, reasons, override_reason,
  override_by, law_id, language, region, owner_id, team_id, outcome, told_by, untold, searched, exit_reason, note,
  merged_into, acknowledged_at, state_at, changed_at, changed_by) on cases to gs_app;

create table case_people (
  case_id uuid not null,
  -- A pseudonym.
  person text not null,
  compartment text not null references compartments,
  role text not null,
  at timestamptz not null,
  primary key (case_id, person)
);
create index case_people_person on case_people (person);
alter table case_people enable row level security;
create policy in_compartment on case_people to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on case_people to gs_app;

create table case_signals (
  case_id uuid not null,
  signal_id uuid not null,
  compartment text not null references compartments,
  primary key (case_id, signal_id)
);
create index case_signals_signal on case_signals (signal_id);
alter table case_signals enable row level security;
create policy in_compartment on case_signals to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on case_signals to gs_app;

create table case_watchers (
  case_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  at timestamptz not null,
  primary key (case_id, person_id)
);
create index case_watchers_person on case_watchers (person_id);
alter table case_watchers enable row level security;
create policy in_compartment on case_watchers to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on case_watchers to gs_app;

-- What is said ------------------------------------------------------------------------------------------------------

create table case_messages (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  case_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  -- `held` can be taken back; `left` cannot.
  state text not null check (state in ('held', 'left', 'cancelled', 'received')),
  language text,
  text text not null,
  template_id uuid,
  broadcast_id uuid,
  author_id uuid references people,
  at timestamptz not null,
  leaves_at timestamptz,
  settled_at timestamptz
);
create index case_messages_case on case_messages (case_id, at);
create index case_messages_held on case_messages (leaves_at) where state = 'held';
create unique index case_messages_broadcast on case_messages (broadcast_id, case_id) where broadcast_id is not null;
alter table case_messages enable row level security;
create policy in_compartment on case_messages to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (state, settled_at) on case_messages to gs_app;

create table case_asks (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  case_id uuid not null,
  partner text not null,
  question text not null,
  state text not null check (state in ('held', 'asked', 'answered', 'cancelled', 'withdrawn')),
  due_at timestamptz not null,
  author_id uuid references people,
  at timestamptz not null,
  leaves_at timestamptz,
  settled_at timestamptz,
  answer text,
  answered_at timestamptz,
  answered_by uuid references people
);
create index case_asks_case on case_asks (case_id, at);
create index case_asks_held on case_asks (leaves_at) where state = 'held';
create index case_asks_due on case_asks (due_at) where state = 'asked';
alter table case_asks enable row level security;
create policy in_compartment on case_asks to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (state, settled_at, due_at, answer, answered_at, answered_by) on case_asks to gs_app;

create table case_notes (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  case_id uuid not null,
  author_id uuid not null references people,
  -- Empty once it is deleted.
  text text not null,
  at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz
);
create index case_notes_case on case_notes (case_id, at);
alter table case_notes enable row level security;
create policy in_compartment on case_notes to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (text, edited_at, deleted_at) on case_notes to gs_app;

create table case_drafts (
  case_id uuid not null,
  person_id uuid not null references people,
  kind text not null check (kind in ('message', 'ask', 'note')),
  compartment text not null references compartments,
  body jsonb not null,
  at timestamptz not null,
  primary key (case_id, person_id, kind)
);
alter table case_drafts enable row level security;
create policy in_compartment on case_drafts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (body, at), delete on case_drafts to gs_app;

create table case_templates (
  id uuid primary key,
  compartment text not null references compartments,
  kind text not null check (kind in ('message', 'ask')),
  name text not null,
  -- By language.
  texts jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  removed_at timestamptz
);
alter table case_templates enable row level security;
create policy in_compartment on case_templates to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (name, texts, version, changed_at, removed_at) on case_templates to gs_app;

-- What is to be done, and what belongs together --------------------------------------------------------------------

create table case_tasks (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  case_id uuid not null,
  text text not null,
  owner_id uuid references people,
  due_at timestamptz,
  made_by uuid references people,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references people,
  version int not null default 1
);
create index case_tasks_case on case_tasks (case_id, made_at);
create index case_tasks_owner on case_tasks (owner_id, due_at) where done_at is null;
alter table case_tasks enable row level security;
create policy in_compartment on case_tasks to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (text, owner_id, due_at, done_at, done_by, version) on case_tasks to gs_app;

create table case_issues (
  case_id uuid not null,
  issue_id uuid not null,
  compartment text not null references compartments,
  at timestamptz not null,
  by_actor text not null,
  -- The issue has ended: its cases may end too. Somebody says yes or no to that.
  proposed_state text,
  proposed_at timestamptz,
  primary key (case_id, issue_id)
);
create index case_issues_issue on case_issues (issue_id);
alter table case_issues enable row level security;
create policy in_compartment on case_issues to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (proposed_state, proposed_at), delete on case_issues to gs_app;

create table case_links (
  -- Related: in the order of their ids. Split: what was split off, from what.
  case_id uuid not null,
  other_id uuid not null,
  kind text not null check (kind in ('related', 'split_from')),
  compartment text not null references compartments,
  at timestamptz not null,
  by_actor text not null,
  primary key (case_id, other_id, kind)
);
create index case_links_other on case_links (other_id);
alter table case_links enable row level security;
create policy in_compartment on case_links to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on case_links to gs_app;

create table case_broadcasts (
  id uuid primary key,
  compartment text not null references compartments,
  issue_id uuid not null,
  -- By language; `fallback` names the one for all others.
  texts jsonb not null,
  fallback text not null,
  state text not null check (state in ('proposed', 'approved', 'withdrawn')),
  written_by uuid not null references people,
  written_at timestamptz not null,
  decided_by uuid references people,
  decided_at timestamptz
);
create index case_broadcasts_issue on case_broadcasts (issue_id);
alter table case_broadcasts enable row level security;
create policy in_compartment on case_broadcasts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (state, decided_by, decided_at) on case_broadcasts to gs_app;

-- Clocks from law: belong to the house. A change is a new line, so that what was applied can still be read.
create table legal_clocks (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  jurisdiction text not null,
  trigger text not null,
  -- Null where the law names no number.
  minutes int,
  source text not null,
  confirmed boolean not null default false,
  valid_from date not null,
  valid_until date,
  made_by text not null default 'system.seed',
  unique (code, valid_from)
);
grant select, insert, update (valid_until) on legal_clocks to gs_app;
insert into legal_clocks (code, jurisdiction, trigger, minutes, source, valid_from, valid_until) values
  ('eu_terrorist_order', 'EU', 'Removal order for terrorist content', 60, 'Regulation (EU) 2021/784, Art. 3', '2022-06-07', null),
  ('in_removal_order', 'IN', 'Order to remove', 2160, 'IT Rules 2021, before the change of 2026', '2021-05-26', '2026-02-20'),
  ('in_removal_order', 'IN', 'Order to remove', 180, 'IT Rules 2021 as changed in 2026', '2026-02-20', null),
  ('us_take_it_down', 'US', 'Valid TAKE IT DOWN request', 2880, 'TAKE IT DOWN Act', '2026-05-19', null),
  ('us_cybertip', 'US', 'Report to the CyberTipline: as soon as reasonably possible', null, '18 U.S.C. 2258A', '1998-10-30', null),
  ('eu_life_threat', 'EU', 'Suspicion of a crime with threat to life: promptly; the number is ours', 60, 'DSA Art. 18', '2024-02-17', null),
  ('eu_complaint_window', 'EU', 'Time in which a decision can be complained about', 262800, 'DSA Art. 20', '2024-02-17', null),
  ('gdpr_subject_request', 'EU', 'Request of a data subject: one month', 43200, 'GDPR Art. 12(3)', '2018-05-25', null),
  ('gdpr_breach', 'EU', 'Breach of personal data, to the authority', 4320, 'GDPR Art. 33', '2018-05-25', null);

-- Doors -------------------------------------------------------------------------------------------------------------

-- Who may see the cases of a compartment, and who may work on them: as readers_of says it of issues.
create function app.case_readers_of(asked text) returns table (id uuid, name text, works boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with able as (
    select p.id, p.name, array(select distinct c from public.person_roles m join public.roles r on r.name = m.role,
                                 unnest(r.capabilities) c where m.person_id = p.id) as can
      from public.people p
     where p.deactivated_at is null
       and asked = any (string_to_array(current_setting('app.compartments', true), ','))
       and (exists (select from public.person_compartments c where c.person_id = p.id and c.compartment = asked)
            or exists (select from public.compartments c where c.name = asked and c.world is not null)))
  select able.id, able.name, 'case.work' = any (able.can) from able where 'case.read' = any (able.can)
$$;
revoke all on function app.case_readers_of from public;
grant execute on function app.case_readers_of to gs_app;

-- A job that is due later: what is held leaves when it may no longer be taken back.
create function app.enqueue_in(name text, payload jsonb, seconds int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.job_names j where j.name = enqueue_in.name) then
    raise exception 'unknown job %', name;
  end if;
  if seconds not between 0 and 3600 then
    raise exception 'a job is put off by an hour at most';
  end if;
  if exists (select from jsonb_each_text(payload) p where p.value is null or p.value !~ '^[0-9a-f-]{36}$') then
    raise exception 'a job carries ids only';
  end if;
  perform graphile_worker.add_job(name, payload::json, run_at => now() + make_interval(secs => seconds));
end $$;
revoke all on function app.enqueue_in from public;
grant execute on function app.enqueue_in to gs_app;

-- Being at a case is said in the same place as being at an issue.
alter table presence add column kind text not null default 'issue' check (kind in ('issue', 'case'));

alter table saved_views drop constraint saved_views_kind_check;
alter table saved_views add constraint saved_views_kind_check check (kind in ('issues', 'signals', 'cases'));

-- Rights --------------------------------------------------------------------------------------------------------------

update roles set capabilities = capabilities || array(
    select c from unnest('{case.read,case.work,case.answer,case.ask,case.note}'::text[]) c where not c = any (capabilities))
 where name in ('admin', 'lead', 'specialist');
update roles set capabilities = capabilities || '{case.configure}'::text[]
 where name in ('admin', 'lead') and not 'case.configure' = any (capabilities);
