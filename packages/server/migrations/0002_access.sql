-- People, what they may do, and how they prove who they are. What proves it (password and session hashes) cannot be
-- read by gs_app at all: two doors below find one row by what the caller already knows. gs_app gets no more than each
-- statement needs, and no delete: things are ended, not erased.

create table people (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null,
  password_hash text not null,
  created_at timestamptz not null,
  -- When this person was here before the present session: "since you were last here".
  last_seen_at timestamptz,
  deactivated_at timestamptz
);
create unique index people_email on people (lower(email));

create table roles (
  name text primary key,
  capabilities text[] not null
);
insert into roles (name, capabilities) values
  ('admin', '{people.manage,source.read,source.manage,signal.read,signal.send,import.run,issue.read,issue.decide,engine.configure}'),
  ('lead', '{source.read,signal.read,signal.send,import.run,issue.read,issue.decide,engine.configure}'),
  ('specialist', '{source.read,signal.read,import.run,issue.read,issue.decide}'),
  ('viewer', '{source.read,signal.read,issue.read}');

create table person_roles (
  person_id uuid not null references people,
  role text not null references roles,
  primary key (person_id, role)
);

create table person_compartments (
  person_id uuid not null references people,
  compartment text not null references compartments,
  primary key (person_id, compartment)
);
-- Who belongs to a compartment is known inside it only.
alter table person_compartments enable row level security;
create policy in_compartment on person_compartments to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));

-- The secret itself is never stored: whoever reads this table cannot sign in with it.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  secret_hash bytea not null unique,
  person_id uuid not null references people,
  created_at timestamptz not null,
  -- At most a minute behind: not every request writes.
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_person on sessions (person_id);

create table setup_links (
  token_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Used, or voided by a newer link.
  used_at timestamptz
);

-- Failed sign-ins per mail and per address, and those still being judged. Keys are hashed: no list of who tried.
create table sign_in_attempts (
  key bytea primary key,
  window_start timestamptz not null,
  failures int not null
);
create index sign_in_attempts_old on sign_in_attempts (window_start);

grant select (id, name, email, created_at, last_seen_at, deactivated_at), insert, update (last_seen_at) on people to gs_app;
grant select (id, person_id, created_at, seen_at, expires_at, ended_at), insert, update (seen_at, ended_at) on sessions to gs_app;
grant select, insert, update (used_at) on setup_links to gs_app;
grant select, insert, update, delete on sign_in_attempts to gs_app; -- a window that has passed means nothing any more
grant select, insert on person_roles, person_compartments to gs_app;
grant select on roles to gs_app;

-- Doors: what must be known before anybody is. Each finds by what the caller holds already, and tells no more. ----------

create function app.find_session(hash bytea) returns table (
  id uuid, person_id uuid, seen_at timestamptz, expires_at timestamptz, ended_at timestamptz,
  name text, email text, last_seen_at timestamptz, deactivated_at timestamptz,
  roles text[], capabilities text[], compartments text[]
) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.person_id, s.seen_at, s.expires_at, s.ended_at,
         p.name, p.email, p.last_seen_at, p.deactivated_at,
         array(select m.role from public.person_roles m where m.person_id = p.id order by 1),
         array(select distinct c from public.person_roles m join public.roles r on r.name = m.role, unnest(r.capabilities) c
                where m.person_id = p.id order by 1),
         array(select m.compartment from public.person_compartments m where m.person_id = p.id order by 1)
    from public.sessions s join public.people p on p.id = s.person_id
   where s.secret_hash = hash
$$;

create function app.find_credentials(mail text) returns table (id uuid, password_hash text, deactivated_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.password_hash, p.deactivated_at from public.people p where lower(p.email) = lower(mail)
$$;

-- Which compartments there are: for work that is done once in each, by an actor who sees just that one.
create function app.compartment_names() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name from public.compartments c order by 1
$$;

-- A reaction carries the id of an event and nothing else: this says as whom to read it, and not what it is.
create function app.compartment_of_event(event uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.compartment from public.events e where e.id = event
$$;

revoke all on function app.find_session, app.find_credentials, app.compartment_names, app.compartment_of_event from public;
grant execute on function app.find_session, app.find_credentials, app.compartment_names, app.compartment_of_event to gs_app;
