-- The sealer looks at what is new by the order of transactions, and asks its index for each: its cost is that of the news, whatever the chains hold already.
-- The number becomes a text before it meets the policy of audit_entry: the cast is not leakproof, so that beside it the index would serve for the client only.
create or replace function seal_events(most integer) returns integer language plpgsql security definer set search_path = public, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
declare scope text := coalesce(current_setting('app.all', true), ''); from_ xid8; oldest xid8; one record; chain uuid; last_number bigint; last_hash bytea; line text; content bytea; salted bytea; linked bytea; sealed timestamptz := clock_timestamp(); done integer := 0;
begin
  if not pg_try_advisory_xact_lock(7161405) then return 0; end if;
  perform set_config('app.all', '1', true);
  select seen into from_ from audit_entry order by seen desc limit 1;
  from_ := coalesce(from_, '0'::xid8);
  oldest := pg_snapshot_xmin(pg_current_snapshot());
  for one in
    select * from (
      (select e.xact, e.tenant_id, 'ticket-event' as source, e.id_text as source_id, lpad(e.id_text, 20, '0') as place, e.ticket_id, e.kind, e.actor_kind, e.actor_id, e.at, audit_text(e.whole) as said from (select *, ticket_event as whole, id::text as id_text from ticket_event where xact >= from_ order by xact, id offset 0) e
        where not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'ticket-event' and a.source_id = e.id_text) order by e.xact, e.id limit most)
      union all
      (select e.xact, e.tenant_id, 'client-event', e.id_text, lpad(e.id_text, 20, '0'), null, e.kind, case when e.actor_id is null then 'Machine' else 'Staff' end, e.actor_id, e.at, audit_text(e.whole) from (select *, client_event as whole, id::text as id_text from client_event where xact >= from_ order by xact, id offset 0) e
        where not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'client-event' and a.source_id = e.id_text) order by e.xact, e.id limit most)
      union all
      (select e.xact, e.tenant_id, 'decision', e.id_text, e.id_text, e.ticket_id, e.kind, 'Machine', null, e.at, audit_text(e.whole) from (select *, decision_record as whole, id::text as id_text from decision_record where xact >= from_ order by xact, id offset 0) e
        where not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'decision' and a.source_id = e.id_text) order by e.xact, e.id limit most)
      order by xact, source desc, place limit most
    ) fresh order by tenant_id, xact, source desc, place
  loop
    if one.tenant_id is distinct from chain then
      chain := one.tenant_id;
      select a.number, a.hash into last_number, last_hash from audit_entry a where a.tenant_id = chain order by a.number desc limit 1;
    end if;
    salted := uuid_send(gen_random_uuid());
    content := sha256(salted || convert_to(one.said, 'UTF8'));
    last_number := coalesce(last_number, 0) + 1;
    line := concat_ws('|', one.tenant_id, last_number, one.source, one.source_id, coalesce(one.ticket_id::text, '-'), one.kind, one.actor_kind, coalesce(one.actor_id::text, '-'), audit_time(one.at), audit_time(sealed), encode(content, 'hex'));
    linked := coalesce(last_hash, sha256(convert_to(one.tenant_id::text, 'UTF8')));
    last_hash := sha256(linked || convert_to(line, 'UTF8'));
    insert into audit_entry values (one.tenant_id, last_number, one.source, one.source_id, one.ticket_id, one.kind, one.actor_kind, one.actor_id, one.at, content, salted, sealed,
      case when one.xact < oldest then one.xact else oldest end, linked, last_hash);
    done := done + 1;
  end loop;
  perform set_config('app.all', scope, true);
  return done;
end $$;
