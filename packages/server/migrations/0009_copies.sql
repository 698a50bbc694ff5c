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
  characters int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  busiest_hour int not null,
  shape text not null
);
create index copy_groups_newest on copy_groups (compartment, last_at desc, id);
create index copy_groups_largest on copy_groups (compartment, signals desc, id);
alter table copy_groups enable row level security;
create policy in_compartment on copy_groups to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on copy_groups to gs_app;

-- Made to be distributed by signal_id, like the signals.
create table signal_copies (
  signal_id uuid not null,
  compartment text not null,
  group_id uuid not null,
  exact boolean not null,
  source_id uuid not null,
  author text,
  at timestamptz not null,
  primary key (signal_id)
);
create index signal_copies_group on signal_copies (group_id, at);
alter table signal_copies enable row level security;
create policy in_compartment on signal_copies to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on signal_copies to gs_app;

-- How far the follower has come; one row per compartment, moved in the transaction of what it found.
create table copy_cursors (
  compartment text primary key references compartments,
  cursor jsonb not null,
  version int not null default 1
);
alter table copy_cursors enable row level security;
create policy in_compartment on copy_cursors to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on copy_cursors to gs_app;
