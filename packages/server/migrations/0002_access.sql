-- People, what they may do, and how they prove who they are. No compartment rows here: the handlers' rights guard these
-- tables, and gs_app gets no more than each statement needs (no delete anywhere: things are ended, not erased).

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

-- The secret itself is never stored: whoever reads this table cannot sign in with it.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  secret_hash bytea not null unique,
  person_id uuid not null references people,
  csrf text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_person on sessions (person_id) where ended_at is null;

create table setup_links (
  token_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- One row per key and window ("mail:…", "address:…"); keys are hashed, so that the table is no list of who tried.
create table sign_in_attempts (
  key bytea not null,
  window_start timestamptz not null,
  failures int not null,
  primary key (key, window_start)
);

grant select, insert, update on people, sessions, setup_links, sign_in_attempts to gs_app;
grant select, insert on person_roles, person_compartments to gs_app;
grant select on roles to gs_app;
