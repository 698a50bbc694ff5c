-- What people said of an issue's harm: what kind it is, how grave they hold it, and who was hurt in all where that is known.

create table issue_impacts (
  issue_id uuid primary key references issues,
  compartment text not null references compartments,
  version int not null default 1,
  harm text,
  -- Instead of the proposed one; null while the proposal counts.
  severity smallint check (severity between 1 and 4),
  severity_reason text,
  severity_by uuid references people,
  severity_at timestamptz,
  -- [{ segment, people, wrote }], counted when it was said; null while nobody knows.
  cohort jsonb,
  cohort_ended_on date,
  cohort_source text,
  cohort_by uuid references people,
  cohort_at timestamptz,
  check ((severity is null) = (severity_reason is null)),
  check ((cohort is null) = (cohort_source is null))
);
alter table issue_impacts enable row level security;
create policy in_compartment on issue_impacts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on issue_impacts to gs_app;

-- One row for the house; none while the first rules stand.
create table severity_rules (
  only_one boolean primary key default true check (only_one),
  version int not null,
  rules jsonb not null
);
grant select, insert, update on severity_rules to gs_app;
