-- What people decide about topics and issues: merge, split, move, link, each with its undo; owners, followers, comments;
-- saved views and watches.

-- Topics ------------------------------------------------------------------------------------------------------------

alter table engine_log drop constraint engine_log_kind_check;
alter table engine_log add constraint engine_log_kind_check check (kind in
  ('signals', 'merge', 'part', 'split', 'move', 'dismiss', 'settings', 'exposure', 'withdraw', 'basis'));

-- `topic_id` is where a signal is told; `origin_id` where it would be without merges, null when that is the same.
-- `decided_by` is the act of the people who put it there: the engine takes it nowhere else.
alter table topic_signals add column origin_id uuid, add column decided_by uuid;
create index topic_signals_decided on topic_signals (decided_by) where decided_by is not null;

-- Where a topic's merges lead; itself when it was not merged. Merges are never made in a circle.
create function app.root_topic(topic uuid) returns uuid language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive way as (
    select t.id, t.merged_into from public.topics t where t.id = topic
    union all
    select t.id, t.merged_into from way w join public.topics t on t.id = w.merged_into)
  select id from way where merged_into is null
$$;
revoke all on function app.root_topic from public;
grant execute on function app.root_topic to gs_app;

-- The signals of a split or a move, and where each was before. `back`: the undo put it back.
create table topic_moves (
  act_id uuid not null,
  compartment text not null references compartments,
  signal_id uuid not null,
  before_id uuid,
  before_by uuid,
  back boolean not null default false,
  primary key (act_id, signal_id)
);
alter table topic_moves enable row level security;
create policy in_compartment on topic_moves to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (back) on topic_moves to gs_app;

-- What people have said of pairs: these belong together, those do not. Each names two signals that stand for their topics.
create table topic_pairs (
  act_id uuid not null,
  compartment text not null references compartments,
  kind text not null check (kind in ('must_link', 'cannot_link')),
  one_signal_id uuid not null,
  other_signal_id uuid not null,
  one_topic_id uuid,
  other_topic_id uuid,
  at timestamptz not null,
  -- Taken back with the act that said it.
  withdrawn_at timestamptz,
  primary key (act_id, kind, one_signal_id, other_signal_id)
);
alter table topic_pairs enable row level security;
create policy in_compartment on topic_pairs to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (withdrawn_at) on topic_pairs to gs_app;

-- Issues ------------------------------------------------------------------------------------------------------------

-- No foreign keys among issues: a sample is removed in bites.
alter table issues add column owner_id uuid references people, add column duplicate_of uuid;
create index issues_owner on issues (owner_id) where owner_id is not null;

create table triage_acts (
  id uuid primary key,
  compartment text not null references compartments,
  kind text not null check (kind in ('merge', 'split', 'move', 'link')),
  -- Merge: the one that became a duplicate. Split: the one that was divided. Link: the one that says something of the other.
  issue_id uuid,
  -- Merge: the one that was kept. Split: the new one. Move: whose topic took them in. Link: the other one.
  other_id uuid,
  link text check (link in ('related', 'caused_by')),
  -- What a merge has to give back.
  was_state text,
  was_reason text,
  was_note text,
  signals int not null default 0,
  made_by text not null,
  made_at timestamptz not null,
  undone_by text,
  undone_at timestamptz
);
create index triage_acts_issue on triage_acts (issue_id);
create index triage_acts_other on triage_acts (other_id);
create unique index triage_acts_link on triage_acts (least(issue_id, other_id), greatest(issue_id, other_id), link)
  where kind = 'link' and undone_at is null;
alter table triage_acts enable row level security;
create policy in_compartment on triage_acts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (undone_by, undone_at) on triage_acts to gs_app;

create table issue_follows (
  issue_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  at timestamptz not null,
  primary key (issue_id, person_id)
);
alter table issue_follows enable row level security;
create policy in_compartment on issue_follows to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on issue_follows to gs_app;

-- When each was last on the page of an issue: what was said since is unread. Shown to that person alone.
create table issue_seen (
  issue_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  at timestamptz not null,
  primary key (issue_id, person_id)
);
alter table issue_seen enable row level security;
create policy in_compartment on issue_seen to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (at) on issue_seen to gs_app;

create table issue_comments (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  issue_id uuid not null,
  author_id uuid not null references people,
  -- Empty once it is deleted.
  text text not null,
  at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz
);
create index issue_comments_issue on issue_comments (issue_id, at);
alter table issue_comments enable row level security;
create policy in_compartment on issue_comments to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (text, edited_at, deleted_at) on issue_comments to gs_app;

create table comment_mentions (
  comment_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  issue_id uuid not null,
  at timestamptz not null,
  primary key (comment_id, person_id)
);
create index comment_mentions_person on comment_mentions (person_id, at desc);
alter table comment_mentions enable row level security;
create policy in_compartment on comment_mentions to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on comment_mentions to gs_app;

-- Who of those who are here may see a compartment and has a right: the wall shows each only their own compartments, and
-- somebody who writes to colleagues of a compartment must know who they are. Asked only about one's own compartments; a
-- world belongs to the house, and whoever is in it is known by being able to decide in it.
create function app.readers_of(asked text) returns table (id uuid, name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.name from public.people p
   where p.deactivated_at is null
     and asked = any (string_to_array(current_setting('app.compartments', true), ','))
     and exists (select from public.person_roles m join public.roles r on r.name = m.role
                  where m.person_id = p.id and 'issue.read' = any (r.capabilities))
     and (exists (select from public.person_compartments c where c.person_id = p.id and c.compartment = asked)
          or exists (select from public.compartments c where c.name = asked and c.world is not null))
$$;
revoke all on function app.readers_of from public;
grant execute on function app.readers_of to gs_app;

-- Views -------------------------------------------------------------------------------------------------------------

create table saved_views (
  id uuid primary key default gen_random_uuid(),
  -- The open part of where it was made: the house, or a sample.
  compartment text not null references compartments,
  owner_id uuid not null references people,
  kind text not null check (kind in ('issues', 'signals')),
  name text not null,
  -- What stands in the address of the list.
  search text not null,
  shared text not null default 'private' check (shared in ('private', 'team', 'everyone')),
  team_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  check ((shared = 'team') = (team_id is not null))
);
create index saved_views_owner on saved_views (owner_id);
alter table saved_views enable row level security;
create policy in_compartment on saved_views to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (name, search, shared, team_id, version), delete on saved_views to gs_app;

-- Somebody wants to be told when more than so many new signals of a saved search were said within a day.
create table view_watches (
  view_id uuid not null,
  person_id uuid not null references people,
  compartment text not null references compartments,
  above int not null check (above >= 0),
  made_at timestamptz not null,
  -- When it was last told, and what was counted then.
  told_at timestamptz,
  told_signals int,
  primary key (view_id, person_id)
);
alter table view_watches enable row level security;
create policy in_compartment on view_watches to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (above, told_at, told_signals), delete on view_watches to gs_app;

-- For the job, which knows only whose watch it is: what this person may do and see by now, and how late it is in a world.
create function app.watcher_of(watched uuid, watcher uuid)
returns table (active boolean, can text[], compartments text[], played_to timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.deactivated_at is null,
         array(select distinct c from public.person_roles m join public.roles r on r.name = m.role, unnest(r.capabilities) c
                where m.person_id = p.id),
         case when o.id is null
              then array(select m.compartment from public.person_compartments m where m.person_id = p.id)
              else array(select app.world_compartments(o.number, p.id)) end,
         o.played_to
    from public.view_watches w
    join public.people p on p.id = w.person_id
    join public.compartments c on c.name = w.compartment
    left join public.worlds o on o.id = c.world
   where w.view_id = watched and w.person_id = watcher
$$;
revoke all on function app.watcher_of from public;
grant execute on function app.watcher_of to gs_app;
