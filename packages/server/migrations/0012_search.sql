-- Searching: the words that are used, so that a misspelt one finds its neighbours, and how rare each is.

-- Trusted since PostgreSQL 13: whoever owns the database may have it. `groundswell db prepare` marks its operators.
create extension if not exists pg_trgm;

-- Counted by a job soon after intake, from all signals while few arrive and from an even part of them while many do: good
-- for telling the rare from the common, no count to show. Only words of letters, and none of a covered text.
create table search_words (
  compartment text not null references compartments,
  word text not null,
  signals int not null,
  primary key (compartment, word)
) with (fillfactor = 80);
create index search_words_alike on search_words using gin (word gin_trgm_ops);
alter table search_words enable row level security;
create policy in_compartment on search_words to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update, delete on search_words to gs_app;

-- How far that job has followed intake_batches, and how many signals it has read.
create table search_places (
  compartment text primary key references compartments,
  cursor jsonb,
  signals bigint not null default 0
);
alter table search_places enable row level security;
create policy in_compartment on search_places to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, update on search_places to gs_app;
