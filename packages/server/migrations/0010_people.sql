-- People come by invitation, change, and go; roles are edited; links and sessions say what they are. Secrets stay
-- unreadable: a link is found by its hash through one door.

alter table people add column version int not null default 1;
grant select (version), update (name, email, password_hash, deactivated_at, version) on people to gs_app;

-- Roles -------------------------------------------------------------------------------------------------------------

alter table roles add column id uuid not null default gen_random_uuid() unique;
alter table roles add column version int not null default 1;
create unique index roles_name on roles (lower(name));
alter table person_roles drop constraint person_roles_role_fkey;
alter table person_roles add foreign key (role) references roles on update cascade;
-- Everything else hangs on somebody who may do everything: this one role is not changed, and somebody always holds it.
create function app.keep_admin() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.name = 'admin' and current_user = 'gs_app' then
    raise exception 'the role admin is neither changed nor removed' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_admin before update or delete on roles for each row execute function app.keep_admin();
grant insert (name, capabilities), update (name, capabilities, version), delete on roles to gs_app;
grant delete on person_roles, person_compartments to gs_app;

-- Teams: give no right ----------------------------------------------------------------------------------------------

create table teams (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  version int not null default 1,
  created_at timestamptz not null
);
create unique index teams_name on teams (lower(name));
create table team_members (
  team_id uuid not null references teams on delete cascade,
  person_id uuid not null references people,
  primary key (team_id, person_id)
);
create index team_members_person on team_members (person_id);
grant select, insert, update (name, version), delete on teams to gs_app;
grant select, insert, delete on team_members to gs_app;

-- Links -------------------------------------------------------------------------------------------------------------

-- Who is invited, and as what. The link to it may be renewed; what it promises stays.
create table invitations (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null,
  created_by uuid not null references people,
  created_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
-- One open invitation for a mail address: the newer one stands.
create unique index invitations_open on invitations (lower(email)) where accepted_at is null and withdrawn_at is null;
create table invitation_roles (
  invitation_id uuid not null references invitations,
  role text not null references roles on update cascade,
  primary key (invitation_id, role)
);
create table invitation_teams (
  invitation_id uuid not null references invitations,
  team_id uuid not null references teams on delete cascade,
  primary key (invitation_id, team_id)
);
create table invitation_compartments (
  invitation_id uuid not null references invitations,
  compartment text not null references compartments,
  primary key (invitation_id, compartment)
);
alter table invitation_compartments enable row level security;
create policy in_compartment on invitation_compartments to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (accepted_at, withdrawn_at, created_by, created_at) on invitations to gs_app;
grant select, insert, delete on invitation_roles to gs_app;
grant select, insert on invitation_teams, invitation_compartments to gs_app;

create table access_links (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  -- Either of them: to come in for the first time, or to set a new password.
  invitation_id uuid references invitations,
  person_id uuid references people,
  created_by uuid not null references people,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Replaced by a newer one, or taken back.
  void_at timestamptz,
  check ((invitation_id is null) <> (person_id is null))
);
create index access_links_invitation on access_links (invitation_id);
create index access_links_person on access_links (person_id);
grant select (id, invitation_id, person_id, created_by, created_at, expires_at, used_at, void_at), insert,
      update (used_at, void_at) on access_links to gs_app;

-- Who shows a link is nobody yet. It opens only while the one who made it could still make it: whoever has gone, or may
-- do less than before, leaves no door behind, and nobody lets others into a compartment that they have left.
create function app.find_link(hash bytea) returns table (
  id uuid, invitation_id uuid, person_id uuid, name text, email text, expires_at timestamptz, closed boolean,
  roles text[], compartments text[], teams uuid[]
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
           or exists (select from given where given.name not in (select held.name from held))
           or exists (select from public.person_compartments m where m.person_id = l.person_id
                                and m.compartment not in (select within.name from within)),
         array(select m.role from public.invitation_roles m where m.invitation_id = i.id order by 1),
         array(select c.compartment from public.invitation_compartments c
                where c.invitation_id = i.id and c.compartment in (select within.name from within) order by 1),
         array(select t.team_id from public.invitation_teams t where t.invitation_id = i.id order by 1)
    from link l
    join public.people maker on maker.id = l.created_by
    left join public.invitations i on i.id = l.invitation_id
    left join public.people p on p.id = l.person_id
$$;

-- Whoever sets a person's password could come in as them: allowed only to somebody who is in all of their compartments.
-- Says nothing of which others there are.
create function app.shares_compartments_of(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (
    select from public.person_compartments m
     where m.person_id = person
       and not m.compartment = any (string_to_array(current_setting('app.compartments', true), ',')))
$$;

-- Sessions ----------------------------------------------------------------------------------------------------------

-- Words of ours, not what the browser said: enough to know one's own devices, too little to follow anybody.
alter table sessions add column browser text, add column system text, add column address text;
grant select (browser, system, address) on sessions to gs_app;

-- Tokens ------------------------------------------------------------------------------------------------------------

-- A third purpose: to read, as far as its scopes say. Tokens from before expire never, as was said when they were made.
alter table api_tokens add column scopes text[] not null default '{}', add column expires_at timestamptz;
alter table api_tokens drop constraint api_tokens_purpose_check;
alter table api_tokens add constraint api_tokens_purpose_check check (purpose in ('signals', 'background', 'read'));
alter table api_tokens add constraint api_tokens_scopes_check check ((purpose = 'read') = (cardinality(scopes) > 0));
drop function app.find_token;
create function app.find_token(hash bytea)
returns table (id uuid, source_id uuid, compartment text, name text, purpose text, scopes text[], expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.source_id, t.compartment, t.name, t.purpose, t.scopes, t.expires_at from public.api_tokens t
   where t.token_hash = hash and t.revoked_at is null
$$;

revoke all on function app.find_link, app.shares_compartments_of, app.find_token from public;
grant execute on function app.find_link, app.shares_compartments_of, app.find_token to gs_app;
