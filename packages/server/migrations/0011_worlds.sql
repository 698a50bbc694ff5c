-- Sample days and drills. A world is a set of compartments that no member of the house is in: whoever enters it sees
-- these and nothing else, so the wall that keeps compartments apart keeps an invented world apart too (ADR 11).

create table worlds (
  id uuid primary key default gen_random_uuid(),
  -- Its name in addresses. Numbers are not used again: an old link must not lead into another world.
  number int generated always as identity unique,
  kind text not null check (kind in ('sample', 'drill')),
  state text not null,
  seed bigint not null,
  signals_per_day int not null,
  history_days int not null,
  -- Begin of the day that is played; the past lies before it.
  day_from timestamptz not null,
  day_to timestamptz not null,
  played_to timestamptz not null,
  speed int not null,
  -- Run forward as fast as it goes, up to here.
  skip_to timestamptz,
  -- Begins to play by itself once the past is read.
  autoplay boolean not null,
  filled int not null default 0,
  fill_total int not null,
  -- Up to here the past has been told.
  filled_to timestamptz not null,
  played int not null default 0,
  -- Who is at work on it, and their last sign of life: an old one means that the process died.
  runner uuid,
  beat_at timestamptz,
  -- Turns that failed one after the other; until when nobody but the queue tries again.
  faults int not null default 0,
  rest_until timestamptz,
  problem text,
  created_by uuid not null references people,
  created_at timestamptz not null,
  version int not null default 1
);
grant select, update (state, played_to, speed, skip_to, filled, fill_total, filled_to, played, runner, beat_at, faults, rest_until, problem, version) on worlds to gs_app;

-- Null for the compartments of the house. Set when it is made and never changed: what is removed with a world was never
-- part of the record of the house.
alter table compartments add column world uuid references worlds;
alter table compartments add column closed boolean not null default false; -- of a world: only for who opened it
create function app.keep_world() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a compartment neither becomes part of a world nor leaves one' using errcode = 'restrict_violation';
end $$;
create trigger keep_world before update of world on compartments for each row execute function app.keep_world();

-- How the clock of a world ran beside that of the house: one row where it was changed, and now and then between.
create table world_times (
  world_id uuid not null references worlds on delete cascade,
  at timestamptz not null,
  played_to timestamptz not null,
  primary key (world_id, at)
);
grant select, insert, update (played_to) on world_times to gs_app;

-- What a trainee saw, in own words.
create table world_notes (
  id uuid primary key default gen_random_uuid(),
  world_id uuid not null references worlds on delete cascade,
  compartment text not null references compartments,
  at timestamptz not null,
  text text not null,
  by_actor text not null
);
alter table world_notes enable row level security;
create policy in_compartment on world_notes to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on world_notes to gs_app;

-- The world and its compartments: `sample_3`, and `sample_3_closed` for what is confidential there.
create function app.open_world(
  world_kind text, world_seed bigint, per_day int, days int, day_start timestamptz, day_end timestamptz, world_speed int,
  plays boolean, person uuid, moment timestamptz
) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made public.worlds;
begin
  insert into public.worlds (kind, state, seed, signals_per_day, history_days, fill_total, filled_to, day_from, day_to, played_to, speed,
                             autoplay, created_by, created_at)
  values (world_kind, 'filling', world_seed, per_day, days, per_day * days, day_start - make_interval(hours => 24 * days), day_start,
          day_end, day_start, world_speed, plays, person, moment)
  returning * into made;
  insert into public.compartments (name, title, world, closed) values
    ('sample_' || made.number, 'Sample ' || made.number, made.id, false),
    ('sample_' || made.number || '_closed', 'Sample ' || made.number || ', confidential', made.id, true);
  return made.number;
end $$;

-- Into which compartments a person comes who enters a world. A world that is being removed is not entered any more.
create function app.world_compartments(world_number int, person uuid) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name from public.worlds w join public.compartments c on c.world = w.id
   where w.number = world_number and w.state <> 'removing' and (not c.closed or w.created_by = person) order by c.closed, 1
$$;

-- Those in which work is done: not those that are being removed.
create or replace function app.compartment_names() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name from public.compartments c left join public.worlds w on w.id = c.world
   where w.state is distinct from 'removing' order by 1
$$;

-- What happened in an invented world is no record of the house, and goes with it. Everything else stays for good.
create function app.is_of_world(compartment text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from public.compartments c where c.name = is_of_world.compartment and c.world is not null)
$$;
drop trigger append_only on events;
create trigger append_only before update or truncate on events for each statement execute function app.refuse_change();
create function app.refuse_removal() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if app.is_of_world(old.compartment) then return old; end if;
  raise exception '% is append-only: what has happened is neither changed nor removed', tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger never_removed before delete on events for each row execute function app.refuse_removal();

revoke all on function app.open_world, app.world_compartments, app.is_of_world from public;
grant execute on function app.open_world, app.world_compartments to gs_app;

update roles set capabilities = capabilities || '{world.open}'::text[]
 where name in ('admin', 'lead', 'specialist') and not 'world.open' = any (capabilities);

-- Removal. Only of a world that is marked for it, only in its compartments, in bites that no limit of time cuts off. What
-- it returns is 0 once nothing was left and nobody can still write: threads that follow intake hold a session lock for
-- each compartment until they have seen that it is gone. Tables are read from the catalogue, so that one that comes later
-- cannot be forgotten; one that others still point to has its turn later.
create function app.sweep_world(world_id uuid, bite int) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  names text[];
  target text;
  swept bigint := 0;
  gone bigint;
begin
  if not exists (select from public.worlds w where w.id = world_id and w.state = 'removing') then
    raise exception 'this world is not marked for removal' using errcode = 'restrict_violation';
  end if;
  names := array(select c.name from public.compartments c where c.world = world_id);
  delete from graphile_worker._private_jobs j
   where j.locked_at is null
     and j.payload->>'eventId' in (select e.id::text from public.events e where e.compartment = any (names));
  for target in
    select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'compartment' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and c.relname not in ('signals', 'intake_batches')
     order by c.relname
  loop
    begin
      execute format('delete from public.%I where ctid = any (array(select ctid from public.%I where compartment = any ($1) limit $2))',
                     target, target) using names, bite;
      get diagnostics gone = row_count;
      swept := swept + gone;
    exception when foreign_key_violation then
      swept := swept + 1; -- others point to it
    end;
  end loop;
  -- Signals by the batches that brought them: there is no index on their compartment, and there may be millions of others.
  begin
    with part as (select b.id from public.intake_batches b where b.compartment = any (names) order by b.id
                   limit greatest(1, bite / 500)),
         with_them as (delete from public.signals s using part p where s.batch_id = p.id)
    delete from public.intake_batches b using part p where b.id = p.id;
    get diagnostics gone = row_count;
    swept := swept + gone;
  exception when foreign_key_violation then
    swept := swept + 1;
  end;
  return swept + (select count(*) from pg_locks l
                   where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
                     and l.database = (select d.oid from pg_database d where d.datname = current_database())
                     and l.objid::bigint in (select hashtext(n)::bigint & 4294967295 from unnest(names) n));
end $$;

create function app.forget_world(world_id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from public.worlds w where w.id = world_id and w.state = 'removing') then
    raise exception 'this world is not marked for removal' using errcode = 'restrict_violation';
  end if;
  delete from public.compartments c where c.world = world_id;
  delete from public.worlds w where w.id = world_id;
  delete from graphile_worker._private_jobs j where j.locked_at is null and j.payload->>'worldId' = world_id::text;
end $$;
revoke all on function app.sweep_world, app.forget_world from public;
grant execute on function app.sweep_world, app.forget_world to gs_app;

-- The past of a world comes as an import without a file: the engine replays it as history, and no screen lists it.
alter table imports add column of_world boolean not null default false;
