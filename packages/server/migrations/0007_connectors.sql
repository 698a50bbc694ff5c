-- Connectors: what brings signals by itself.
create table connectors (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  source_id uuid not null references sources,
  kind text not null,
  settings jsonb not null,
  -- Sealed by the house's own key, which is not in the database; null once removed.
  secrets bytea,
  secret_names text[] not null default '{}',
  every_minutes int not null check (every_minutes between 1 and 1440),
  made_at timestamptz not null,
  made_by text not null,
  paused_at timestamptz,
  removed_at timestamptz,
  -- Where the other side is to go on: kept in the transaction of the rows up to there.
  cursor jsonb,
  -- Where to begin as long as there is no cursor.
  begin_at timestamptz not null,
  -- Up to when the other side has told, and when it last said that there was no more.
  reached_at timestamptz,
  caught_up_at timestamptz,
  backfill_from timestamptz,
  backfill_cursor jsonb,
  backfill_reached timestamptz,
  backfill_finished_at timestamptz,
  -- Pages asked for since then, within a minute: what the other side bears holds whoever asks for a turn.
  minute_at timestamptz,
  minute_pages int not null default 0,
  due_at timestamptz,
  last_turn_at timestamptz,
  last_row_at timestamptz,
  last_event_at timestamptz,
  added bigint not null default 0,
  revised bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  -- {at, id, reason} of the last row that was not taken: never its words.
  last_refused jsonb,
  problem text,
  problem_at timestamptz,
  tries int not null default 0,
  runner uuid,
  beat_at timestamptz,
  version int not null default 1
);
create index connectors_due on connectors (due_at) where removed_at is null and paused_at is null;
alter table connectors enable row level security;
create policy in_compartment on connectors to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on connectors to gs_app;

-- Whoever calls a webhook knows its id and is nobody yet: this says in which compartment to look, and nothing else.
create function app.compartment_of_connector(connector uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.compartment from public.connectors c where c.id = connector
$$;
revoke all on function app.compartment_of_connector from public;
grant execute on function app.compartment_of_connector to gs_app;

-- Calls that were answered: the same one again is answered and not taken again, as long as its signature would be valid.
create table webhook_calls (
  connector_id uuid not null references connectors,
  compartment text not null,
  call_id text not null,
  at timestamptz not null,
  primary key (connector_id, call_id)
);
create index webhook_calls_old on webhook_calls (at);
alter table webhook_calls enable row level security;
create policy in_compartment on webhook_calls to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on webhook_calls to gs_app;
