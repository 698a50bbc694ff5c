-- Reading at a million signals: authors have an index, and what many match is estimated from an even part of all.

-- Hashed: an author is asked for whole, and 32 bytes a row are about half of what names of 30 characters would need.
create index signals_author on signals using hash (author) where author is not null;

-- One in 64 of the latest signals, chosen by the first bits of their id, with what a search can ask for and nothing to read:
-- of a title only that there is one. Kept by intake in the transaction that keeps the signals, gone when a revision
-- supersedes them.
create table signal_sample (
  signal_id uuid not null,
  compartment text not null,
  source_id uuid not null,
  item_id uuid not null,
  latest boolean not null check (latest),
  at timestamptz not null,
  kind text not null,
  title text,
  truncated boolean not null,
  language text,
  author text,
  creator_tier text,
  exposure smallint not null,
  rating smallint,
  dimensions jsonb not null,
  search tsvector not null,
  primary key (signal_id)
);
alter table signal_sample enable row level security;
create policy in_compartment on signal_sample to gs_app
  using (compartment = any (string_to_array(current_setting('app.compartments', true), ',')));
grant select, insert, delete on signal_sample to gs_app;

insert into signal_sample
select signal_id, compartment, source_id, item_id, latest, at, kind, left(title, 0), truncated, language, author, creator_tier,
       exposure, rating, dimensions, search
  from signals where signal_id < '04000000-0000-0000-0000-000000000000' and latest;
