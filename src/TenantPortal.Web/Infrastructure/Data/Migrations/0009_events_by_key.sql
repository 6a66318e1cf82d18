-- The head of a ticket's events is looked up by its key: as a join, the planner may read all waiting work for each event. Later statements of a
-- transaction find the head that the first one made, and have nothing new to tell.
create or replace function announce_ticket_events() returns trigger language plpgsql as $$
declare told record;
begin
  if coalesce(current_setting('app.quiet', true), '') = '1' then return null; end if;
  for told in select tenant_id, ticket_id, min(id) as first, min(at) as at from new_events group by tenant_id, ticket_id loop
    perform from job j where j.tenant_id = told.tenant_id and j.ref_id = told.ticket_id and j.done_at is null and j.dead_at is null and j.kind = 'ticket-events' and j.xmin = pg_current_xact_id()::xid;
    continue when found;
    insert into job (id, tenant_id, kind, ref_id, number, due_at) values (gen_random_uuid(), told.tenant_id, 'ticket-events', told.ticket_id, told.first, told.at);
    perform pg_notify('live', told.tenant_id || ' ' || told.ticket_id || ' ' || pg_current_xact_id() || ' ' || pg_snapshot_xmin(pg_current_snapshot()));
  end loop;
  return null;
end $$;
