-- Who works when. Shifts are plans by the wall clock of a zone; turns are counted from them and never kept.

-- What people bring: said by themselves.
create table person_brings (
  person_id uuid primary key references people,
  zone text,
  languages text[] not null default '{}',
  skills text[] not null default '{}'
);
grant select, insert, update (zone, languages, skills) on person_brings to gs_app;

create table shifts (
  id uuid primary key default gen_random_uuid(),
  team_id uuid not null references teams on delete cascade,
  name text not null,
  zone text not null,
  -- ISO: 1 is Monday.
  days int[] not null,
  from_minute int not null check (from_minute between 0 and 1439),
  minutes int not null check (minutes between 15 and 1440),
  begins text not null,
  ends text,
  version int not null default 1,
  made_at timestamptz not null
);
create index shifts_team on shifts (team_id);
create table shift_people (
  shift_id uuid not null references shifts on delete cascade,
  person_id uuid not null references people,
  primary key (shift_id, person_id)
);
-- A place in one turn that somebody else has, or is asked to take.
create table shift_places (
  shift_id uuid not null references shifts on delete cascade,
  day text not null,
  planned_id uuid not null references people,
  holder_id uuid not null references people,
  asked_id uuid references people,
  primary key (shift_id, day, planned_id)
);
grant select, insert, delete on shifts to gs_app;
grant update (team_id, name, zone, days, from_minute, minutes, begins, ends, version) on shifts to gs_app;
grant select, insert, delete on shift_people to gs_app;
grant select, insert, update (holder_id, asked_id) on shift_places to gs_app;
