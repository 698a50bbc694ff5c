-- A compartment that holds nothing can be removed, and whoever waits before one can be sent away (ADR 17).

-- What happened in a removed compartment stays in the record under its short name. Whoever made another of that name
-- would let new people read it, so a name that was used once is never free again.
create table removed_compartments (
  name text primary key,
  removed_at timestamptz not null
);
create function app.keep_name_reserved() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from public.removed_compartments r where r.name = new.name) then
    return null; -- as if it were taken: that is all that anybody is told of it
  end if;
  return new;
end $$;
create trigger keep_name_reserved before insert on compartments for each row execute function app.keep_name_reserved();

-- What stands in a compartment that somebody put there, table by table, told to those inside and to nobody else. Tables
-- are read from the catalogue: one that comes later counts until somebody says here that it need not.
create function app.held_in_compartment(asked text, moment timestamptz) returns table (what text, many bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  target text;
begin
  if not coalesce(asked = any (string_to_array(current_setting('app.compartments', true), ',')), false) then return; end if;
  for target in
    select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'compartment' and not a.attisdropped and c.relkind in ('r', 'p')
       and c.relnamespace = 'public'::regnamespace
       and c.relname <> all ('{
         events, event_payloads, person_compartments, held_memberships, presence, view_marks, view_watches,
         engine_streams, engine_log, engine_held, engine_runs, engine_checkpoints, engine_history,
         copy_cursors, search_places, search_words, issue_numbers, pseudonym_keys, redaction_counts,
         signals, signal_sample, signal_copies, topic_signals, intake_batches,
         signal_counts, saved_views, api_tokens, invitation_compartments}'::text[])
       -- first line: the record, and who is inside; second and third: what the house keeps for itself in each
       -- compartment; fourth: what is nowhere without a source; last: told apart below
     order by c.relname
  loop
    what := target;
    execute format('select count(*) from public.%I where compartment = $1', target) into many using asked;
    if many > 0 then return next; end if;
  end loop;
  return query
    select held.what, held.many from (
      select 'signals', coalesce(sum(s.signals), 0)::bigint from public.signal_counts s where s.compartment = asked
      union all
      select 'saved_views', count(*) from public.saved_views v where v.compartment = asked and v.removed_at is null
      union all
      select 'api_tokens', count(*) from public.api_tokens t
       where t.compartment = asked and t.revoked_at is null and (t.expires_at is null or t.expires_at > moment)
      union all
      select 'invitations', count(*) from public.invitation_compartments o join public.invitations i on i.id = o.invitation_id
       where o.compartment = asked and i.accepted_at is null and i.withdrawn_at is null
    ) held (what, many) where held.many > 0;
end $$;

-- The row goes for good, so that the foreign keys refuse whatever somebody puts in at the same moment: before it counts,
-- it waits for all who are about to. What the house kept there for itself goes with it.
create function app.remove_compartment(asked text, moment timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  target text;
begin
  perform from public.compartments c where c.name = asked and c.name <> 'open' and c.world is null
    and c.name = any (string_to_array(current_setting('app.compartments', true), ',')) for update;
  if not found or exists (select from app.held_in_compartment(asked, moment)) then
    raise exception 'this compartment cannot be removed' using errcode = 'restrict_violation';
  end if;
  foreach target in array '{
    person_compartments, held_memberships, presence, view_marks, view_watches, saved_views, api_tokens,
    invitation_compartments, engine_checkpoints, engine_history, engine_held, engine_log, engine_runs, engine_streams,
    copy_cursors, search_places, search_words, issue_numbers, pseudonym_keys, redaction_counts}'::text[]
  loop
    execute format('delete from public.%I where compartment = $1', target) using asked;
  end loop;
  -- An export names all that its asker could see; of this one it holds nothing, and the file stays theirs.
  update public.exports e set compartments = array_remove(e.compartments, asked) where asked = any (e.compartments);
  delete from public.compartments c where c.name = asked;
  insert into public.removed_compartments (name, removed_at) values (asked, moment);
end $$;
revoke all on function app.keep_name_reserved, app.held_in_compartment, app.remove_compartment from public;
grant execute on function app.held_in_compartment, app.remove_compartment to gs_app;
