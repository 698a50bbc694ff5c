-- Lists that leave the house as files. Small ones are written straight into the answer; a large one is written by a job,
-- kept for a day, and belongs to whoever asked.

create table exports (
  id uuid primary key,
  by_person uuid not null references people,
  -- What the asker could see when they asked. Whoever has left one of these does not get the file any more.
  compartments text[] not null,
  world int,
  list text not null,
  query jsonb not null,
  covered boolean not null,
  bom boolean not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed')),
  total bigint not null,
  rows bigint not null default 0,
  bytes bigint,
  sha256 text,
  -- What the file is called until it stands under its own name: a process may die in between.
  draft text,
  runner uuid,
  problem text,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null
);
create index exports_by_person on exports (by_person, created_at desc);
create index exports_expiry on exports (expires_at);
alter table exports enable row level security;
create policy own on exports to gs_app
  using (by_person::text = current_setting('app.actor', true)
    and compartments <@ string_to_array(current_setting('app.compartments', true), ','));
grant select, insert, update (state, rows, bytes, sha256, draft, runner, problem, finished_at, expires_at) on exports to gs_app;

-- For the job, which knows only which export: who asked, and what they may do and see by now.
create function app.asker_of_export(export_id uuid)
returns table (person text, world int, asked text[], active boolean, can text[], compartments text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.by_person::text, e.world, e.compartments, p.deactivated_at is null,
         array(select distinct c from public.person_roles m join public.roles r on r.name = m.role, unnest(r.capabilities) c
                where m.person_id = p.id),
         case when e.world is null
              then array(select m.compartment from public.person_compartments m where m.person_id = p.id)
              else array(select app.world_compartments(e.world, p.id)) end
    from public.exports e join public.people p on p.id = e.by_person where e.id = export_id
$$;

-- Those whose time is over, with the names of their files. They are forgotten once the files are gone.
create function app.exports_over(moment timestamptz)
returns table (id uuid, sha256 text, draft text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.sha256, e.draft from public.exports e where e.expires_at <= moment order by e.expires_at limit 1000
$$;
create function app.forget_export(export_id uuid, moment timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from public.exports e where e.id = export_id and e.expires_at <= moment
$$;
revoke all on function app.asker_of_export, app.exports_over, app.forget_export from public;
grant execute on function app.asker_of_export, app.exports_over, app.forget_export to gs_app;

-- Covered texts leave the house only by the hands of those who answer for it.
update roles set capabilities = capabilities || '{signal.export_covered}'::text[]
 where name in ('admin', 'lead') and not 'signal.export_covered' = any (capabilities);
