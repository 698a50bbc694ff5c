-- What was going on around the signals: how many people were active, and what was changed.
create table active_users (
  compartment text not null references compartments,
  day date not null,
  -- Names in order, values as intake writes those of signals; empty for the total of the day.
  dimensions jsonb not null,
  names text[] not null,
  users bigint not null check (users >= 0),
  sent_by text not null,
  sent_at timestamptz not null,
  primary key (compartment, day, dimensions)
);
create index active_users_cut on active_users (compartment, names, day);
alter table active_users enable row level security;
create policy in_compartment on active_users to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on active_users to gs_app;

create table changes (
  id uuid primary key default gen_random_uuid(),
  compartment text not null references compartments,
  external_id text not null,
  -- False when the id was made here of kind, time and title.
  own_id boolean not null,
  at timestamptz not null,
  until timestamptz,
  kind text not null,
  title text not null,
  url text,
  dimensions jsonb not null default '{}',
  share double precision,
  by_actor text not null,
  by_name text not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (compartment, external_id)
);
create index changes_newest on changes (compartment, at desc, id desc);
alter table changes enable row level security;
create policy in_compartment on changes to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on changes to gs_app;

update roles set capabilities = capabilities || '{background.send}'::text[]
 where name in ('admin', 'lead') and not 'background.send' = any (capabilities);

-- A token sends signals to one source, or what belongs to none: active users and changes.
alter table api_tokens alter column source_id drop not null;
alter table api_tokens add column purpose text not null default 'signals' check (purpose in ('signals', 'background'));
alter table api_tokens add check ((purpose = 'signals') = (source_id is not null));
drop function app.find_token;
create function app.find_token(hash bytea)
returns table (id uuid, source_id uuid, compartment text, name text, purpose text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.source_id, t.compartment, t.name, t.purpose from public.api_tokens t
   where t.token_hash = hash and t.revoked_at is null
$$;
revoke all on function app.find_token from public;
grant execute on function app.find_token to gs_app;
