-- Handing a case over. The case changes hands only when a baton is accepted; until then it stays where it is.
create table batons (
  id uuid primary key,
  compartment text not null references compartments,
  case_id uuid not null,
  version int not null default 1,
  state text not null check (state in ('draft', 'sent', 'accepted', 'dropped')),
  sender_id uuid not null references people,
  receiver_id uuid references people,
  accepted_by uuid references people,
  points jsonb not null,
  facts jsonb not null,
  drafted_at timestamptz not null,
  sent_at timestamptz,
  accepted_at timestamptz,
  -- When it was said that nobody has accepted it.
  loud_at timestamptz,
  understood text
);
-- One case is handed over once at a time.
create unique index batons_open on batons (case_id) where state in ('draft', 'sent');
create index batons_case on batons (case_id, drafted_at);
create index batons_waiting on batons (compartment, sent_at) where state = 'sent';
alter table batons enable row level security;
create policy in_compartment on batons to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert on batons to gs_app;
grant update (version, state, receiver_id, accepted_by, points, facts, sent_at, accepted_at, loud_at, understood)
  on batons to gs_app;
