-- The spine: who may see what, what has happened, and how work is started.
-- Runs as the owner of the database (no superuser). The role gs_app exists before this runs: its password is a
-- secret of the installation and is made by the start-up code, never by a migration.

create schema app;
grant usage on schema app to gs_app;

-- Compartments ------------------------------------------------------------------------------------------------------

create table compartments (
  name text primary key check (name ~ '^[a-z0-9_]+$'),
  title text not null
);
insert into compartments values ('open', 'Open');

alter table compartments enable row level security;
create policy in_compartment on compartments to gs_app
  using (name = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select on compartments to gs_app; -- even the name of a closed compartment is known only inside

-- Events: the one record --------------------------------------------------------------------------------------------

create table events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  actor text not null,
  name text not null,
  subject_kind text not null,
  subject_id text not null,
  compartment text not null,
  salt_hash bytea not null, -- commits to the payload: it can be erased later, but never exchanged
  unique (id, compartment)
);
create unique index events_followed on events (xid, seq);
create index events_of_subject on events (subject_kind, subject_id, seq);
create index events_of_compartment on events (compartment, seq);

alter table events enable row level security;
create policy in_compartment on events to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select on events to gs_app;
-- Column by column: nobody chooses the transaction id that followers rely on.
grant insert (id, at, actor, name, subject_kind, subject_id, compartment, salt_hash) on events to gs_app;

create function app.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '% is append-only: what has happened is neither changed nor removed', tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on events
  for each statement execute function app.refuse_change();

create table event_payloads (
  event_id uuid primary key,
  compartment text not null,
  salt bytea not null,
  payload jsonb not null,
  -- The pair, so that a payload can never stand in another compartment than its event.
  foreign key (event_id, compartment) references events (id, compartment)
);

alter table event_payloads enable row level security;
create policy in_compartment on event_payloads to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on event_payloads to gs_app; -- delete is erasure; a payload is never rewritten

-- Following without polling: says that there is something new, never what ------------------------------------------

create function app.ring() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('new', '');
  return null;
end $$;
create trigger ring after insert on events for each statement execute function app.ring();

-- Jobs --------------------------------------------------------------------------------------------------------------

create table app.job_names (name text primary key);

-- The one door to the queue for gs_app, in the caller's transaction. The queue's own functions refuse that role.
create function app.enqueue(name text, payload jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from app.job_names j where j.name = enqueue.name) then
    raise exception 'unknown job %', name;
  end if;
  if exists (select from jsonb_each_text(payload) p where p.value is null or p.value !~ '^[0-9a-f-]{36}$') then
    raise exception 'a job carries ids only';
  end if;
  perform graphile_worker.add_job(name, payload::json);
end $$;
revoke all on function app.enqueue from public;
grant execute on function app.enqueue to gs_app;

grant select on schema_migrations to gs_app; -- for /readyz
