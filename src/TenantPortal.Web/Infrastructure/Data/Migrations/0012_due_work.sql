-- Work that is due is found by its time: only where more is due than a worker takes is it looked for client by client.
create index job_time on job (due_at) where done_at is null and dead_at is null;

-- A ticket's first message writes the row that search reads, with the subject: one write where there were two.
drop trigger index_ticket on ticket;
drop function index_ticket();
create or replace function index_ticket_message() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare said tsvector := to_tsvector('simple', left(new.text, 20000));
begin
  if new.number = 1 then
    select setweight(to_tsvector('simple', subject || ' ' || number), 'A') || said into said from ticket where tenant_id = new.tenant_id and id = new.ticket_id;
  end if;
  insert into ticket_search as s (tenant_id, ticket_id, tsv) values (new.tenant_id, new.ticket_id, said) on conflict (tenant_id, ticket_id) do update set tsv = s.tsv || excluded.tsv;
  return null;
end $$;

-- What a site's people called about in the last days.
create index ticket_site on ticket (tenant_id, site_id, opened_at desc) where site_id is not null and affected_system is not null;
