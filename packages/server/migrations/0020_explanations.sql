-- Where an issue is and where it is not, as it was last worked out: opening an issue is a read. Numbers and values of
-- dimensions of its own compartment; made by an actor that sees no other.
create table explanations (
  issue_id uuid primary key,
  compartment text not null references compartments,
  -- The surge that it is about.
  alert_id uuid not null,
  computed_at timestamptz not null,
  -- As the contract says it: `SignalExplanation`. Null where there was nothing to compare.
  body jsonb
);
create index explanations_compartment on explanations (compartment);
alter table explanations enable row level security;
create policy in_compartment on explanations to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on explanations to gs_app;
