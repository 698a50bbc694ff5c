-- Signals and what belongs to them. `signals`, `topic_signals` are made to be distributed by signal_id: first in every
-- key, no triggers, no foreign keys into them, no sub-select in their policies, joined by signal_id only.

create table sources (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  name text not null,
  kind text not null,
  created_at timestamptz not null,
  -- Kept by intake in the same transaction as the rows they count.
  signals bigint not null default 0,
  refused bigint not null default 0,
  last_received_at timestamptz,
  last_event_at timestamptz,
  has_authors boolean not null default false,
  unique (compartment, name)
);
alter table sources enable row level security;
create policy in_compartment on sources to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on sources to gs_app;

-- One kind of token: it sends signals to one source.
create table api_tokens (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  source_id uuid not null references sources,
  name text not null,
  token_hash bytea not null unique,
  hint text not null,
  created_by uuid not null references people,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
alter table api_tokens enable row level security;
create policy in_compartment on api_tokens to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on api_tokens to gs_app;

-- Before anybody is known there is no compartment to speak for: this one door finds a token by its hash and nothing else.
create function app.find_token(hash bytea) returns table (id uuid, source_id uuid, compartment text, name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.source_id, t.compartment, t.name from public.api_tokens t where t.token_hash = hash and t.revoked_at is null
$$;
revoke all on function app.find_token from public;
grant execute on function app.find_token to gs_app;

-- A file on its way in. The file itself lies in the content-addressed store.
create table imports (
  id uuid primary key default gen_random_uuid(),
  compartment text references compartments,
  created_by text not null,
  source_id uuid references sources,
  state text not null,
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  format text not null,
  preview jsonb not null,
  mapping jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- Where to go on after a crash: kept in the same transaction as the rows up to there. `last_row` is counted as an
  -- editor counts lines: blank ones and the header too.
  rows_read bigint not null default 0,
  last_row bigint not null default 0,
  bytes_read bigint not null default 0,
  added bigint not null default 0,
  revised bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  -- Rows whose event time is more than 48 h before they were received: more than half of them make a history run.
  old_rows bigint not null default 0,
  rows_per_second real,
  -- Who is at work on it, null between two turns; and their last sign of life: an old one means that the run died and
  -- may be taken over.
  runner uuid,
  beat_at timestamptz,
  error text,
  version int not null default 1
);
alter table imports enable row level security;
-- Until a source is chosen an import is seen only by the one who uploaded it.
create policy in_compartment on imports to gs_app
  using ((compartment is null and created_by = current_setting('app.actor', true))
    or compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on imports to gs_app;
create index imports_newest on imports (created_at desc, id);
create index imports_running on imports (beat_at) where state = 'running';

-- A job knows an id and not yet in which compartment to work: this door says it, and nothing else.
create function app.compartment_of_import(import uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.compartment from public.imports i where i.id = import
$$;
revoke all on function app.compartment_of_import from public;
grant execute on function app.compartment_of_import to gs_app;

create table import_refusals (
  import_id uuid not null references imports,
  row_number bigint not null,
  compartment text not null,
  external_id text,
  reason text not null,
  primary key (import_id, row_number)
);
alter table import_refusals enable row level security;
create policy in_compartment on import_refusals to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on import_refusals to gs_app;

-- One row per intake transaction, in the same transaction as its signals: what the engine follows.
create table intake_batches (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  compartment text not null,
  source_id uuid not null references sources,
  import_id uuid references imports,
  row_count int not null check (row_count between 1 and 5000),
  received_at timestamptz not null
);
create index intake_batches_follow on intake_batches (xid, id);
create index intake_batches_received on intake_batches (received_at);
create index intake_batches_import on intake_batches (import_id, id) where import_id is not null;
alter table intake_batches enable row level security;
create policy in_compartment on intake_batches to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
-- Column by column: nobody chooses the transaction id that followers rely on. The number is drawn before the rows are
-- written, because they carry it.
grant select on intake_batches to gs_app;
grant insert (id, compartment, source_id, import_id, row_count, received_at) on intake_batches to gs_app;
grant usage on sequence intake_batches_id_seq to gs_app;
create trigger ring after insert on intake_batches for each statement execute function app.ring();

create table signals (
  signal_id uuid not null,
  -- The thing itself, over all its revisions: a hash of (source, external id).
  item_id uuid not null,
  compartment text not null,
  source_id uuid not null,
  batch_id bigint not null,
  external_id text not null,
  revision text not null,
  -- Orders revisions: the source's own update time, else the time it was said.
  revised_at timestamptz not null,
  -- False once a later revision is known.
  latest boolean not null,
  -- What `latest` was when the transaction that brought it ended. It never changes: a replay of the engine's log must
  -- read what was read the first time.
  arrived_latest boolean not null,
  -- The revision whose place it took on arrival; null for the first, and for an old one that came late.
  replaces uuid,
  at timestamptz not null,
  received_at timestamptz not null,
  kind text not null,
  title text,
  text text not null,
  length int not null,
  truncated boolean not null default false,
  language text,
  author text,
  creator_tier text,
  exposure smallint not null default 0,
  rating smallint,
  dimensions jsonb not null default '{}',
  -- Made by intake and not by the column: scripts written without spaces are taken apart first (see search-words.ts).
  search tsvector not null,
  primary key (signal_id)
);
create index signals_item on signals (item_id);
create index signals_batch on signals (batch_id);
-- Both columns run the same way, so that a page is found by one row comparison, read backwards for the newest first.
create index signals_newest on signals (at, signal_id) where latest;
create index signals_source on signals (source_id, at, signal_id) where latest;
create index signals_language on signals (language, at, signal_id) where latest;
create index signals_search on signals using gin (search);
create index signals_dimensions on signals using gin (dimensions jsonb_path_ops);
-- Five times the usual: with 100 samples a version that 1 row in 500 has is often guessed at 1 in 100, and its search
-- walks through time instead of asking its index.
alter table signals alter column dimensions set statistics 500;
alter table signals enable row level security;
create policy in_compartment on signals to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (latest) on signals to gs_app;

-- Roll-up kept by intake: unfiltered counts and the unfiltered histogram never scan the signals.
create table signal_counts (
  compartment text not null,
  source_id uuid not null,
  hour timestamptz not null,
  signals int not null,
  primary key (compartment, source_id, hour)
);
alter table signal_counts enable row level security;
create policy in_compartment on signal_counts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on signal_counts to gs_app;
