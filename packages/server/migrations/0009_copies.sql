-- Copied texts: found by a follower of `intake_batches`, right after they were kept.
create table copy_groups (
  id uuid primary key,
  compartment text not null references compartments,
  first_signal_id uuid not null,
  signals int not null,
  exact int not null,
  -- Null when no signal of it names an author.
  authors int,
  most_by_one int,
  -- Characters of the first text, and what its letters weigh: below 20 it is a phrase.
  characters int not null,
  weight int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  busiest_hour int not null,
  -- The shortest stretch of time that holds half of the signals, in hours.
  half_hours int not null,
  shape text not null
);
-- Whoever sees two compartments gets one list: the order stands first, the wall is tested on the way.
create index copy_groups_newest on copy_groups (last_at, id);
create index copy_groups_largest on copy_groups (signals, id);
alter table copy_groups enable row level security;
create policy in_compartment on copy_groups to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on copy_groups to gs_app;

-- Made to be distributed by signal_id, like the signals. A revision takes the row of what it supersedes.
create table signal_copies (
  signal_id uuid not null,
  compartment text not null,
  group_id uuid not null,
  exact boolean not null,
  source_id uuid not null,
  author text,
  language text,
  at timestamptz not null,
  primary key (signal_id)
);
create index signal_copies_group on signal_copies (group_id, at);
alter table signal_copies enable row level security;
create policy in_compartment on signal_copies to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on signal_copies to gs_app;

-- Signals of a group by author, hour (since 1970), source and language: counts are kept, never counted again.
create table copy_tallies (
  group_id uuid not null,
  compartment text not null,
  kind text not null,
  value text not null,
  signals int not null,
  primary key (group_id, kind, value)
);
create index copy_tallies_most on copy_tallies (group_id, kind, signals);
create index copy_tallies_source on copy_tallies (value, group_id) where kind = 'source';
alter table copy_tallies enable row level security;
create policy in_compartment on copy_tallies to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update, delete on copy_tallies to gs_app;

-- How far the follower has come; one row per compartment, moved in the transaction of what it found. Whoever finds
-- another version than it has seen has been overtaken and starts again from what is kept.
create table copy_cursors (
  compartment text primary key references compartments,
  cursor jsonb not null,
  version int not null default 1
);
alter table copy_cursors enable row level security;
create policy in_compartment on copy_cursors to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on copy_cursors to gs_app;
