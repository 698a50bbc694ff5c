-- Batches without an end, files that can be let go, and the dictionary of dimensions.

-- One row per batch that a sender named. Counts and place are kept in the transaction of the rows up to there.
create table signal_batches (
  compartment text not null,
  source_id uuid not null references sources,
  key text not null,
  actor text not null,
  finished_at timestamptz,
  -- Of the unpacked stream, up to the end of the last line that was kept; and what those lines were: a chain of hashes.
  bytes bigint not null default 0,
  digest text not null default '',
  -- As an editor counts them: blank ones too.
  lines bigint not null default 0,
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
grant select, insert, update, delete on signal_batches to gs_app;

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
grant select, insert, delete on batch_refusals to gs_app;

-- Imports: how the columns were read last, what the file is, and until when it is kept.
alter table sources add column saved_mapping jsonb;
-- The rows of a workbook, written out once as JSON Lines: read instead of the file itself.
alter table imports add column rows_sha256 text;
alter table imports add column rows_bytes bigint;
-- How much of the file itself lies behind us: of a packed file that is another number than `bytes_read`, the place in
-- what it unpacks to.
alter table imports add column file_bytes_read bigint not null default 0;
update imports set file_bytes_read = bytes_read;
-- Null while it is being imported.
alter table imports add column file_kept_until timestamptz;
alter table imports add column file_gone boolean not null default false;
-- Names under which this import has put files away and which may still lie there. An import whose file is gone and that
-- still lists one was interrupted while letting go of it.
alter table imports add column files_left text[] not null default '{}';
update imports set files_left = array[file_sha256];
update imports set file_kept_until = now() + interval '7 days' where state <> 'running';
-- False when the file itself is at fault: going on would end at the same place.
alter table imports add column resumable boolean not null default true;
-- A passing fault is tried again by itself: how often, and when next.
alter table imports add column tries int not null default 0;
alter table imports add column retry_at timestamptz;
create index imports_kept on imports (file_kept_until) where not file_gone;
-- Whoever maps columns is shown the first rows out of the file; a copy of people's words in here would outlive it.
update imports set preview = preview - 'sample';

-- Files are let go in all compartments at once, and of uploads that nobody but their uploader sees. These three doors know
-- ids, dates and names of files, and nothing of what is in them.
create function app.let_import_files_go(at timestamptz) returns table (name text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.imports i set file_gone = true, version = i.version + 1
   where not i.file_gone and i.file_kept_until <= at and i.state <> 'running';
  return query select distinct left_over from public.imports i, unnest(i.files_left) left_over where i.file_gone;
end $$;
revoke all on function app.let_import_files_go from public;
grant execute on function app.let_import_files_go to gs_app;

-- True when nobody needs the file any more: the caller removes it before committing. The lock is the one under which
-- `addImport` announces a file, so that nobody can begin to need it in between.
create function app.forget_import_file(name text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('import file ' || name, 0));
  update public.imports i set files_left = array_remove(i.files_left, name) where i.file_gone and name = any (i.files_left);
  return not exists (select from public.imports i where not i.file_gone and name = any (i.files_left));
end $$;
revoke all on function app.forget_import_file from public;
grant execute on function app.forget_import_file to gs_app;

-- A file waits under the id of its import until the import is written down, and then gets its name: what died between the
-- two is finished by this.
create function app.files_of_import(import uuid) returns table (file_sha256 text, rows_sha256 text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.file_sha256, i.rows_sha256 from public.imports i where i.id = import and not i.file_gone
$$;
revoke all on function app.files_of_import from public;
grant execute on function app.files_of_import to gs_app;

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
