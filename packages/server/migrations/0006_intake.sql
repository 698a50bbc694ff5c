-- Batches without an end, files that can be let go, and the dictionary of dimensions.

-- One row per batch that a sender named. Counts and place are kept in the transaction of the rows up to there.
create table signal_batches (
  compartment text not null,
  source_id uuid not null references sources,
  key text not null,
  actor text not null,
  finished_at timestamptz,
  -- Of the unpacked stream, up to the end of the last line that was kept; and what those bytes were.
  bytes bigint not null default 0,
  digest bytea,
  rows bigint not null default 0,
  added bigint not null default 0,
  revised bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  started_at timestamptz not null,
  last_row_at timestamptz,
  -- Who is at work on it, and their last sign of life.
  runner uuid,
  beat_at timestamptz,
  primary key (source_id, key)
);
alter table signal_batches enable row level security;
create policy in_compartment on signal_batches to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on signal_batches to gs_app;

create table batch_refusals (
  compartment text not null,
  source_id uuid not null,
  key text not null,
  row_number bigint not null,
  external_id text,
  reason text not null,
  primary key (source_id, key, row_number),
  foreign key (source_id, key) references signal_batches (source_id, key)
);
alter table batch_refusals enable row level security;
create policy in_compartment on batch_refusals to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on batch_refusals to gs_app;

-- Imports: how the columns were read last, what the file is, and until when it is kept.
alter table sources add column saved_mapping jsonb;
alter table imports add column file_kept_until timestamptz;
alter table imports add column file_gone boolean not null default false;
-- A passing fault is tried again by itself: how often, and when next.
alter table imports add column tries int not null default 0;
alter table imports add column retry_at timestamptz;
create index imports_retry on imports (retry_at) where retry_at is not null;
create index imports_kept on imports (file_kept_until) where not file_gone;

-- The dictionary. What each source brought, as it was kept: after the merges of that day, under the cap.
create table dimension_names (
  -- What events call it: the name itself is a sender's word.
  id uuid not null default gen_random_uuid() unique,
  compartment text not null,
  source_id uuid not null references sources,
  name text not null,
  -- Values that are told apart, without "other": what the cap limits.
  values_known int not null default 0,
  values_cap int not null default 1000,
  rows bigint not null default 0,
  capped_rows bigint not null default 0,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (source_id, name)
) with (fillfactor = 70); -- counted up with every delivery: room for the next version on the same page
create index dimension_names_by_name on dimension_names (compartment, name);
alter table dimension_names enable row level security;
create policy in_compartment on dimension_names to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on dimension_names to gs_app;
-- Rows of which at least one name was left out, because the source had brought its limit of names.
alter table sources add column names_left_out bigint not null default 0;

-- No rows: nothing came under this spelling, and it is known because others count as it.
create table dimension_values (
  compartment text not null,
  source_id uuid not null references sources,
  name text not null,
  value text not null,
  rows bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (source_id, name, value)
) with (fillfactor = 70);
create index dimension_values_by_name on dimension_values (compartment, name, value);
alter table dimension_values enable row level security;
create policy in_compartment on dimension_values to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update, delete on dimension_values to gs_app;

-- Values that mean the same: held for what is there when it is read, and for what comes when it arrives.
create table dimension_merges (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  name text not null,
  from_value text not null,
  to_value text not null,
  -- The end of the chain: whoever reads needs one step, however often values were merged on.
  counts_as text not null,
  at timestamptz not null,
  by_actor text not null,
  undone_at timestamptz,
  undone_by text,
  check (from_value <> to_value and from_value <> counts_as)
);
create unique index dimension_merges_once on dimension_merges (compartment, name, from_value) where undone_at is null;
create index dimension_merges_of on dimension_merges (compartment, name, counts_as) where undone_at is null;
alter table dimension_merges enable row level security;
create policy in_compartment on dimension_merges to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (counts_as, undone_at, undone_by) on dimension_merges to gs_app;
