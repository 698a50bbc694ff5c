-- Clocks: how long somebody has waited, against what was promised. docs/clocks.md says how it is counted.

-- What is promised, and by whose hours. They belong to the house. Versions are added and never changed: what was pinned
-- to one of them can be counted again for ever.
create table calendar_versions (
  calendar_id text not null,
  version int not null,
  -- Of this version alone, in any database.
  key uuid not null unique default gen_random_uuid(),
  name text not null,
  spec jsonb not null,
  -- Whose hours they are. `for_all`: of whoever is in no team that has hours of its own.
  teams uuid[] not null default '{}',
  for_all boolean not null default false,
  made_at timestamptz not null,
  made_by text not null,
  primary key (calendar_id, version)
);
create table clock_policy_versions (
  policy_id text not null,
  version int not null,
  name text not null,
  -- The first that fits holds.
  place int not null,
  spec jsonb not null,
  removed boolean not null default false,
  made_at timestamptz not null,
  made_by text not null,
  primary key (policy_id, version)
);
grant select, insert on calendar_versions, clock_policy_versions to gs_app;

insert into calendar_versions (calendar_id, version, name, spec, for_all, made_at, made_by) values
  ('always', 1, 'Day and night', '{"zone": "UTC", "hours": "always"}', false, now(), 'system.seed'),
  ('working_hours', 1, 'Working hours',
   '{"zone": "UTC", "holidays": [], "hours": [{"day": 1, "from": 540, "to": 1020}, {"day": 2, "from": 540, "to": 1020},
     {"day": 3, "from": 540, "to": 1020}, {"day": 4, "from": 540, "to": 1020}, {"day": 5, "from": 540, "to": 1020}]}',
   true, now(), 'system.seed');

-- The usual targets of such work. Hours of work count for P3 and P4 alone: three days are three days of eight hours.
insert into clock_policy_versions (policy_id, version, name, place, spec, made_at, made_by)
select 'standard', 1, 'Standard', 1000,
       jsonb_build_object('when', '[]'::jsonb, 'from', null, 'until', null, 'targets', jsonb_agg(jsonb_build_object(
         'metric', t.metric, 'priority', t.priority, 'amount', jsonb_build_object('ms', t.minutes * 60000),
         'calendar', case when t.priority in ('P3', 'P4') then null else 'always' end) order by t.n)),
       now(), 'system.seed'
  from (values
    (1, 'acknowledge', 'P0', 5), (2, 'acknowledge', 'P1', 15), (3, 'acknowledge', 'P2', 60),
    (4, 'acknowledge', 'P3', 480), (5, 'acknowledge', 'P4', 1440),
    (6, 'containment', 'P0', 15), (7, 'containment', 'P1', 60), (8, 'containment', 'P2', 480), (9, 'containment', 'P3', 1440),
    (10, 'first_answer', 'P0', 30), (11, 'first_answer', 'P1', 60), (12, 'first_answer', 'P2', 480),
    (13, 'first_answer', 'P3', 960), (14, 'first_answer', 'P4', 2400),
    (15, 'next_answer', 'P0', 30), (16, 'next_answer', 'P1', 60), (17, 'next_answer', 'P2', 480),
    (18, 'next_answer', 'P3', 960), (19, 'next_answer', 'P4', 2400),
    (20, 'periodic_update', 'P0', 30), (21, 'periodic_update', 'P1', 60),
    (22, 'pausable_update', 'P2', 1440), (23, 'pausable_update', 'P4', 2400)
  ) t (n, metric, priority, minutes);

-- Which clock of a case a law sets; null where it gives others a time, or names none.
alter table legal_clocks add column metric text;
update legal_clocks set metric = case
  when code in ('eu_terrorist_order', 'in_removal_order', 'us_take_it_down', 'eu_life_threat') then 'containment'
  when code in ('gdpr_subject_request', 'gdpr_breach') then 'resolution' end;

-- The clocks of items, of which cases are the only ones so far. Folded from `clock_events`; kept for lists and sorting.
create table clock_items (
  item_id uuid primary key,
  compartment text not null references compartments,
  facts jsonb not null,
  standing jsonb not null,
  answered boolean not null,
  -- The last happening; null until its past has been read.
  at timestamptz,
  review_at timestamptz,
  -- When time alone may change something.
  look_at timestamptz,
  -- When the first promise of a clock that runs is reached, or was.
  due_at timestamptz
);
create index clock_items_look on clock_items (compartment, look_at) where look_at is not null;
create index clock_items_due on clock_items (due_at, item_id) where due_at is not null;
alter table clock_items enable row level security;
create policy in_compartment on clock_items to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (facts, standing, answered, at, review_at, look_at, due_at) on clock_items to gs_app;

create table clocks (
  item_id uuid not null,
  key text not null,
  compartment text not null references compartments,
  -- In the order in which they began.
  place int not null,
  metric text not null,
  track text not null,
  ask text,
  ask_facts jsonb not null,
  phase text not null,
  state jsonb not null,
  target_ms bigint,
  due_at timestamptz,
  review_at timestamptz,
  primary key (item_id, key)
);
alter table clocks enable row level security;
create policy in_compartment on clocks to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (ask_facts, phase, state, target_ms, due_at, review_at) on clocks to gs_app;

create table clock_events (
  item_id uuid not null,
  key text not null,
  seq int not null,
  compartment text not null references compartments,
  at timestamptz not null,
  kind text not null,
  -- Of marks: of which promise, and how much of it.
  version int,
  share double precision,
  event jsonb not null,
  primary key (item_id, key, seq)
);
-- A mark exists once, whoever looks how often.
create unique index clock_events_mark on clock_events (item_id, key, version, share) where kind in ('warn', 'breach');
alter table clock_events enable row level security;
create policy in_compartment on clock_events to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on clock_events to gs_app;

create index clocks_open on clocks (item_id) where phase in ('running', 'paused');

-- Cases that are open already: their past is read from the record at the first look.
insert into clock_items (item_id, compartment, facts, standing, answered, look_at)
select id, compartment, '{}', '{"is": "active"}', false, now() from cases
 where state not in ('closed', 'duplicate', 'not_ours');

-- A look that is due before the next round of the clock: of many for one second, one. It goes before all that waits, for
-- what it finds is late already.
create function app.look_in(milliseconds int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz := date_trunc('second', now() + make_interval(secs => (milliseconds + 999) / 1000));
begin
  if milliseconds not between 0 and 120000 then
    raise exception 'a look is put off by two minutes at most';
  end if;
  perform graphile_worker.add_job('clocks.look', '{}'::json, run_at => moment,
                                  job_key => 'clocks.look ' || extract(epoch from moment)::bigint,
                                  job_key_mode => 'preserve_run_at', priority => -10);
end $$;
revoke all on function app.look_in from public;
grant execute on function app.look_in to gs_app;
