-- What somebody must know: one live message for each cause, told again in place until it is read.
create table notices (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  person_id uuid not null references people,
  kind text not null,
  -- What it is about, so that the next of the same is told in this row.
  cause text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_ref text not null,
  facts jsonb not null,
  first_at timestamptz not null,
  at timestamptz not null,
  times int not null default 1,
  read_at timestamptz
);
create unique index notices_live on notices (person_id, cause) where read_at is null;
create index notices_mine on notices (person_id, at desc, id desc);
create index notices_read on notices (read_at) where read_at is not null;
alter table notices enable row level security;
create policy own on notices to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ','))
    and current_setting('app.actor', true) in (person_id::text, 'system.reactions'));
grant select, insert, update (kind, facts, at, times, read_at), delete on notices to gs_app;

-- Which event was told to whom: a job that runs twice tells nobody twice.
create table notices_told (
  event_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  at timestamptz not null,
  primary key (event_id, person_id)
);
create index notices_told_at on notices_told (at);
alter table notices_told enable row level security;
create policy in_compartment on notices_told to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on notices_told to gs_app;
