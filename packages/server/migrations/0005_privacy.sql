-- Personal data on its way in: what replaces authors, and what was found in texts.

-- Keys of pseudonyms, one row per rotation and compartment. Sealed by the house's own key, which is not in the database.
create table pseudonym_keys (
  compartment text not null references compartments,
  version int not null check (version > 0),
  sealed bytea, -- null once it was forgotten
  made_at timestamptz not null,
  forgotten_at timestamptz,
  primary key (compartment, version)
);
alter table pseudonym_keys enable row level security;
create policy in_compartment on pseudonym_keys to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update (sealed, forgotten_at) on pseudonym_keys to gs_app;

-- What was redacted, by source and class; kept by intake in the transaction of the rows.
create table redaction_counts (
  compartment text not null,
  source_id uuid not null references sources,
  class text not null,
  places bigint not null,
  primary key (source_id, class)
);
alter table redaction_counts enable row level security;
create policy in_compartment on redaction_counts to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on redaction_counts to gs_app;

-- Where the people of a source are (ISO 3166-1 alpha-2).
alter table sources add column regions text[] not null default '{}';

-- Says whether what is sealed can still be opened: a start with another key is noticed at once, not at the first poll.
create table sealing_check (
  only_one boolean primary key default true check (only_one),
  sealed bytea not null
);
grant select, insert on sealing_check to gs_app;

-- Authors that came before there were pseudonyms: the salt is drawn here and kept nowhere, so nobody can go back. Equal
-- authors stay equal.
do $$
declare
  salt text := gen_random_uuid()::text || gen_random_uuid()::text;
begin
  update signals set author = 'p0_' || substr(encode(sha256(convert_to(salt || author, 'UTF8')), 'hex'), 1, 26)
   where author is not null;
end $$;
