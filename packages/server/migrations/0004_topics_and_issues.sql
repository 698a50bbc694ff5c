-- The engine's log, its checkpoints and what it says: topics, alerts; and the issues that people decide.

-- One log per compartment. Positions have no holes: they are given under the lock of the stream's row.
create table engine_streams (
  compartment text primary key references compartments,
  next_position bigint not null default 1,
  false_alerts_per_week real not null default 1,
  -- Cursor into intake_batches of the one who appends to this log.
  follow_cursor text not null default ''
);
alter table engine_streams enable row level security;
create policy in_compartment on engine_streams to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on engine_streams to gs_app;

create table engine_log (
  compartment text not null references engine_streams,
  position bigint not null,
  at timestamptz not null,
  kind text not null check (kind in ('signals', 'merge', 'split', 'dismiss', 'settings', 'exposure', 'withdraw', 'basis')),
  -- Ids and numbers only: {"batch": 7}, {"topic": "…"}, {"run": "…"}, {"falseAlertsPerWeek": 1}.
  body jsonb not null,
  primary key (compartment, position)
);
alter table engine_log enable row level security;
create policy in_compartment on engine_log to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on engine_log to gs_app;

-- A run is `live` or the replay of one import as history. Its state and its position are kept in one transaction.
create table engine_runs (
  id uuid primary key,
  compartment text not null references compartments,
  import_id uuid references imports,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  -- Live: last log position applied. History: items applied, in order of event time.
  position bigint not null default 0,
  total bigint not null default 0,
  alerts int not null default 0,
  issues int not null default 0,
  checkpoint bytea,
  build text,
  created_at timestamptz not null,
  finished_at timestamptz,
  error text
);
create unique index engine_runs_live on engine_runs (compartment) where import_id is null;
create unique index engine_runs_import on engine_runs (import_id) where import_id is not null;
alter table engine_runs enable row level security;
create policy in_compartment on engine_runs to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on engine_runs to gs_app;

create table topics (
  id uuid primary key,
  compartment text not null references compartments,
  run_id uuid not null references engine_runs,
  -- The engine's own name of it within the run.
  group_name text not null,
  label text not null,
  phrases text[] not null,
  medoid_signal_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  merged_into uuid references topics,
  -- Gamma posterior of the expected share of the stream: see analytics, ExpectedShare.
  expected_shape double precision not null,
  expected_rate double precision not null,
  expected_dispersion double precision not null,
  unique (run_id, group_name)
);
alter table topics enable row level security;
create policy in_compartment on topics to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on topics to gs_app;

-- A signal has one topic; rows are only ever upserted.
create table topic_signals (
  signal_id uuid not null,
  compartment text not null,
  topic_id uuid,
  at timestamptz not null,
  primary key (signal_id)
);
create index topic_signals_topic on topic_signals (topic_id, at desc, signal_id);
alter table topic_signals enable row level security;
create policy in_compartment on topic_signals to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on topic_signals to gs_app;

create table alerts (
  id uuid primary key,
  compartment text not null references compartments,
  topic_id uuid not null references topics,
  historical boolean not null,
  at timestamptz not null,
  updated_at timestamptz not null,
  onset_at timestamptz not null,
  pattern text not null,
  observed int not null,
  expected double precision not null,
  low double precision not null,
  high double precision not null,
  log_evidence double precision not null,
  threshold double precision not null,
  slice jsonb,
  sample_signal_ids uuid[] not null,
  expected_shape double precision not null,
  expected_rate double precision not null,
  expected_dispersion double precision not null
);
create index alerts_topic on alerts (topic_id, at desc);
alter table alerts enable row level security;
create policy in_compartment on alerts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on alerts to gs_app;

-- Numbers run per compartment: a gap must not tell an outsider that something hidden exists.
create table issue_numbers (
  compartment text primary key references compartments,
  next_number int not null default 1
);
alter table issue_numbers enable row level security;
create policy in_compartment on issue_numbers to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on issue_numbers to gs_app;

create table issues (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  number int not null,
  version int not null default 1,
  topic_id uuid not null references topics,
  alert_id uuid not null references alerts,
  state text not null,
  historical boolean not null,
  -- The engine's label until a person gives a name.
  label text not null,
  title text,
  dismiss_reason text,
  note text,
  onset_at timestamptz not null,
  noticed_at timestamptz not null,
  observed int not null,
  expected double precision not null,
  -- Kept by the engine's writer so that lists can be sorted by an index.
  signals int not null default 0,
  people int,
  ratio double precision,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (compartment, number),
  unique (topic_id)
);
create index issues_noticed on issues (noticed_at desc, id);
alter table issues enable row level security;
create policy in_compartment on issues to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on issues to gs_app;
