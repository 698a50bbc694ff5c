-- Compartments are made and kept by people on a screen, and a forgotten password opens none of them to whoever helps (ADR 17).

alter table compartments
  -- What it is for: read only by those inside.
  add column purpose text not null default '',
  add column version int not null default 1,
  add column made_at timestamptz;
-- The policy of the table holds for both: a row is made by whoever speaks from inside it, and changed only from there.
grant insert (name, title, purpose, made_at), update (title, purpose, version) on compartments to gs_app;

-- Whoever comes back by a link of somebody who is not in all of their compartments waits before those others: who they are
-- was proved to the admin, and not to those inside, who let them in again or do not.
create table held_memberships (
  compartment text not null references compartments,
  person_id uuid not null references people,
  held_at timestamptz not null,
  primary key (compartment, person_id)
);
create index held_memberships_person on held_memberships (person_id);
alter table held_memberships enable row level security;
create policy in_compartment on held_memberships to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on held_memberships to gs_app;

-- As before, but a link to a new password opens although its maker is outside: `beyond` names what stays shut then.
drop function app.find_link;
create function app.find_link(hash bytea) returns table (
  id uuid, invitation_id uuid, person_id uuid, name text, email text, expires_at timestamptz, closed boolean,
  roles text[], compartments text[], teams uuid[], beyond text[]
) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with link as (select l.* from public.access_links l where l.token_hash = hash),
  held as (
    select c as name from link l join public.person_roles m on m.person_id = l.created_by
      join public.roles r on r.name = m.role, unnest(r.capabilities) c),
  within as (
    select m.compartment as name from link l join public.person_compartments m on m.person_id = l.created_by),
  given as (
    select c as name from link l join public.invitation_roles m on m.invitation_id = l.invitation_id
      join public.roles r on r.name = m.role, unnest(r.capabilities) c
    union all
    select c from link l join public.person_roles m on m.person_id = l.person_id
      join public.roles r on r.name = m.role, unnest(r.capabilities) c)
  select l.id, l.invitation_id, l.person_id, coalesce(i.name, p.name), coalesce(i.email, p.email), l.expires_at,
         l.used_at is not null or l.void_at is not null or i.accepted_at is not null or i.withdrawn_at is not null
           or p.deactivated_at is not null or maker.deactivated_at is not null
           or not exists (select from held where held.name = 'people.manage')
           or exists (select from given where given.name not in (select held.name from held)),
         array(select m.role from public.invitation_roles m where m.invitation_id = i.id order by 1),
         array(select c.compartment from public.invitation_compartments c
                where c.invitation_id = i.id and c.compartment in (select within.name from within) order by 1),
         array(select t.team_id from public.invitation_teams t where t.invitation_id = i.id order by 1),
         array(select m.compartment from public.person_compartments m where m.person_id = l.person_id
                and m.compartment not in (select within.name from within) order by 1)
    from link l
    join public.people maker on maker.id = l.created_by
    left join public.invitations i on i.id = l.invitation_id
    left join public.people p on p.id = l.person_id
$$;
revoke all on function app.find_link from public;
grant execute on function app.find_link to gs_app;

-- Saved views: in an order of one's own, one of them to begin with, and a removal that can be taken back for a day.
alter table saved_views add column removed_at timestamptz;
grant update (removed_at) on saved_views to gs_app;

create table view_marks (
  person_id uuid not null references people,
  view_id uuid not null,
  compartment text not null references compartments,
  -- Where it stands among the others; null where its name says so.
  place int,
  -- The list begins with it.
  starts boolean not null default false,
  primary key (person_id, view_id)
);
alter table view_marks enable row level security;
create policy in_compartment on view_marks to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (place, starts), delete on view_marks to gs_app;

-- Up to when somebody has seen what a watched search finds, on the clock of where it is watched.
alter table view_watches add column seen_at timestamptz;
grant update (seen_at) on view_watches to gs_app;
