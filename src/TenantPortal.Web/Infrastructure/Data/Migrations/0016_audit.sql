-- The audit chain. Events and decisions are its rows, as they always were; a sealer with a role of its own links them afterwards, so that nobody waits for it.
-- An entry holds ids and a hash, no text: a person's words can be erased in the event itself, and the chain stays whole.
do $$ begin
  if not exists (select from pg_roles where rolname = 'portal_sealer') or not pg_has_role(current_user, 'portal_sealer', 'member') then
    raise exception 'The role portal_sealer is missing. Run as the database''s administrator: create role portal_sealer nologin; grant portal_sealer to %', current_user;
  end if;
end $$;

-- which transaction wrote a row tells what has been read already; ids alone cannot, for they are given before the commit
alter table client_event add column xact xid8 not null default pg_current_xact_id();
alter table decision_record add column xact xid8 not null default pg_current_xact_id();
create index client_event_xact on client_event (xact, tenant_id);
create index decision_record_xact on decision_record (xact, tenant_id);

create table audit_entry (
  tenant_id uuid not null, number bigint not null, source text not null, source_id text not null, ticket_id uuid, kind text not null, actor_kind text not null, actor_id uuid, at timestamptz not null,
  content_hash bytea not null, salt bytea, sealed_at timestamptz not null, seen xid8 not null, previous bytea not null, hash bytea not null,
  primary key (tenant_id, number), unique (tenant_id, source, source_id)
);
create index audit_entry_seen on audit_entry (seen, tenant_id);
select make_tenant_table('audit_entry');
revoke insert, update, delete on audit_entry from portal_app;
grant select on ticket_event, client_event, decision_record to portal_sealer;
grant select, insert on audit_entry to portal_sealer;

-- The text that is hashed: named columns, so that a column of a later day changes no hash of an earlier one.
create function audit_time(at timestamptz) returns text language sql immutable as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
create function audit_text(r ticket_event) returns text language sql stable as $$
  select jsonb_build_object('id', r.id, 'ticket', r.ticket_id, 'kind', r.kind, 'actorKind', r.actor_kind, 'actor', r.actor_id, 'actorName', r.actor_name, 'at', audit_time(r.at), 'detail', r.detail)::text $$;
create function audit_text(r client_event) returns text language sql stable as $$
  select jsonb_build_object('id', r.id, 'kind', r.kind, 'actor', r.actor_id, 'actorName', r.actor_name, 'at', audit_time(r.at), 'detail', r.detail)::text $$;
create function audit_text(r decision_record) returns text language sql stable as $$
  select jsonb_build_object('id', r.id, 'ticket', r.ticket_id, 'kind', r.kind, 'at', audit_time(r.at), 'inputs', r.inputs, 'output', r.output)::text $$;

-- Links what was committed since the last time, oldest transaction first; one sealer at a time. "seen" is the oldest transaction that was still running,
-- or the row's own: all older ones are linked, so the next run begins there. What committed in one run stands before what is committed later.
create function seal_events(most integer) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare scope text := coalesce(current_setting('app.all', true), ''); from_ xid8; oldest xid8; one record; head record; line text; content bytea; salted bytea; linked bytea; sealed timestamptz := clock_timestamp(); done integer := 0;
begin
  if not pg_try_advisory_xact_lock(7161405) then return 0; end if;
  perform set_config('app.all', '1', true);
  select seen into from_ from audit_entry order by seen desc limit 1;
  from_ := coalesce(from_, '0'::xid8);
  oldest := pg_snapshot_xmin(pg_current_snapshot());
  for one in
    select * from (
      select e.xact, e.tenant_id, 'ticket-event' as source, e.id::text as source_id, lpad(e.id::text, 20, '0') as place, e.ticket_id, e.kind, e.actor_kind, e.actor_id, e.at, audit_text(e) as said from ticket_event e
        where e.xact >= from_ and not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'ticket-event' and a.source_id = e.id::text)
      union all
      select e.xact, e.tenant_id, 'client-event', e.id::text, lpad(e.id::text, 20, '0'), null, e.kind, case when e.actor_id is null then 'Machine' else 'Staff' end, e.actor_id, e.at, audit_text(e) from client_event e
        where e.xact >= from_ and not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'client-event' and a.source_id = e.id::text)
      union all
      select e.xact, e.tenant_id, 'decision', e.id::text, e.id::text, e.ticket_id, e.kind, 'Machine', null, e.at, audit_text(e) from decision_record e
        where e.xact >= from_ and not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = 'decision' and a.source_id = e.id::text)
    ) fresh order by xact, source desc, place limit most
  loop
    select number, hash into head from audit_entry where tenant_id = one.tenant_id order by number desc limit 1;
    salted := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
    content := sha256(salted || convert_to(one.said, 'UTF8'));
    line := concat_ws('|', one.tenant_id, coalesce(head.number, 0) + 1, one.source, one.source_id, coalesce(one.ticket_id::text, '-'), one.kind, one.actor_kind, coalesce(one.actor_id::text, '-'), audit_time(one.at), audit_time(sealed), encode(content, 'hex'));
    linked := coalesce(head.hash, sha256(convert_to(one.tenant_id::text, 'UTF8')));
    insert into audit_entry values (one.tenant_id, coalesce(head.number, 0) + 1, one.source, one.source_id, one.ticket_id, one.kind, one.actor_kind, one.actor_id, one.at, content, salted, sealed,
      case when one.xact < oldest then one.xact else oldest end, linked, sha256(linked || convert_to(line, 'UTF8')));
    done := done + 1;
  end loop;
  perform set_config('app.all', scope, true);
  return done;
end $$;
revoke all on function seal_events(integer) from public;
grant create on schema public to portal_sealer;
alter function seal_events(integer) owner to portal_sealer;
revoke create on schema public from portal_sealer;
grant execute on function seal_events(integer) to portal_app;
