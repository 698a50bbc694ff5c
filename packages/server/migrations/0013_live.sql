-- Who is looking at what just now. Unlogged: it is worth nothing after a minute, so a crash may forget it and no copy of
-- the database carries it. One row per person and issue, gone as soon as it has not been said again for a while.
create unlogged table presence (
  person_id uuid not null references people,
  issue_id uuid not null,
  compartment text not null,
  seen_at timestamptz not null,
  primary key (person_id, issue_id)
);
create index presence_seen on presence (seen_at);
alter table presence enable row level security;
create policy in_compartment on presence to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (seen_at), delete on presence to gs_app;
