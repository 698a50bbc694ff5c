-- The engine's log, its checkpoints and what it says: topics, alerts; and the issues that people decide.

-- One log per compartment. Positions have no holes: they are given under the lock of the stream's row.
create table engine_streams (
  compartment text primary key references compartments,
  next_position bigint not null default 1,
  -- Signals in the log so far.
  items bigint not null default 0,
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
  -- Ids and numbers only: {"batch": "7", "rows": 500}, {"topic": "…"}, {"run": "…"}, {"falseAlertsPerWeek": 1}.
  body jsonb not null,
  -- Signals in the log up to and with this entry: what a reader at this position has read.
  items bigint not null,
  primary key (compartment, position)
);
alter table engine_log enable row level security;
create policy in_compartment on engine_log to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on engine_log to gs_app;

-- Batches of imports that are not finished: only then is it known whether they are news or history. Each batch passes the
-- follower once and is then either in the log or here, so that none is lost and none is read twice.
create table engine_held (
  batch_id bigint primary key,
  compartment text not null references engine_streams,
  import_id uuid not null references imports,
  row_count int not null,
  -- Set when it was decided that they are history: the run that will read them.
  run_id uuid
);
create index engine_held_import on engine_held (import_id);
create index engine_held_run on engine_held (run_id) where run_id is not null;
alter table engine_held enable row level security;
create policy in_compartment on engine_held to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update, delete on engine_held to gs_app;

-- A run is `live` or the replay of one import as history. Its state and its position are kept in one transaction.
create table engine_runs (
  id uuid primary key,
  compartment text not null references compartments,
  import_id uuid references imports,
  source_id uuid references sources,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  -- Where the stored state stands. Live: last log position applied. History: items applied, in order of event time.
  position bigint not null default 0,
  -- How far what the engine said is written down: at or beyond `position`; after a crash that stretch is said again.
  applied bigint not null default 0,
  -- Signals read: those of the entries up to `applied`.
  items bigint not null default 0,
  -- History: signals to read.
  total bigint not null default 0,
  -- Largest event time read: the engine's own clock.
  engine_at timestamptz,
  -- The budget that a history run was started with. The live one reads its settings from the log.
  false_alerts_per_week real not null default 1,
  -- Which engine on which platform made the stored state: another one reads the log from the start.
  build text,
  state_bytes bigint not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  error text
);
create unique index engine_runs_live on engine_runs (compartment) where import_id is null;
-- Not unique: an import that failed and was resumed has one run for each part.
create index engine_runs_import on engine_runs (import_id) where import_id is not null;
alter table engine_runs enable row level security;
create policy in_compartment on engine_runs to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on engine_runs to gs_app;

-- The stored state in parts of a few MB, each packed: one value of hundreds of MB would cost several times that in memory.
create table engine_checkpoints (
  run_id uuid not null references engine_runs,
  -- As in the run: parts of another state are never taken for parts of this one.
  position bigint not null,
  part int not null,
  compartment text not null,
  bytes bytea not null,
  primary key (run_id, position, part)
);
alter table engine_checkpoints alter column bytes set storage external;
alter table engine_checkpoints enable row level security;
create policy in_compartment on engine_checkpoints to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on engine_checkpoints to gs_app;

-- What a history run has still to read, in order of event time: fixed when it starts, so that a second reading is the same.
create table engine_history (
  run_id uuid not null references engine_runs,
  seq bigint not null,
  compartment text not null,
  signal_id uuid not null,
  primary key (run_id, seq)
);
alter table engine_history enable row level security;
create policy in_compartment on engine_history to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on engine_history to gs_app;

create table topics (
  id uuid primary key,
  compartment text not null references compartments,
  run_id uuid not null references engine_runs,
  -- The engine's own name of it; it stays when history is folded into the live run.
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
  -- Last time that it got or lost a signal, or that what is said of it changed: who counts it looks here.
  changed_at timestamptz not null
  -- Not unique by (compartment, group_name): the id is made of the two, and a second arbiter would let two engines that
  -- write the same topic at once fail on each other instead of agreeing.
);
alter table topics enable row level security;
create policy in_compartment on topics to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on topics to gs_app;

-- A signal has one topic, or none once a later revision of it is known; rows are only ever upserted.
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
  -- Who said it: a topic that one run found can surge in another.
  run_id uuid not null references engine_runs,
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
  expected_dispersion double precision not null,
  -- What was last announced of it: growth is told only when it is half as much again, or a day later.
  told_observed int not null,
  told_at timestamptz not null
);
create index alerts_topic on alerts (topic_id, at desc);
create index alerts_run on alerts (run_id);
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
  -- A hash of the topic: one topic has one issue, and two who find it at once find the same.
  id uuid primary key,
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
  -- Counted by a job soon after the topic has changed, so that lists can be sorted without counting.
  signals int not null default 0,
  people int,
  ratio double precision,
  counted_at timestamptz not null,
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
