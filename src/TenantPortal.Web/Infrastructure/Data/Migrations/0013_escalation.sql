-- who is called, by which path and through which channel: the provider's own set-up, without a word of any client
create table rota (id uuid primary key, key text not null unique, name text not null, time_zone text not null, shifts jsonb not null, check (key ~ '^[a-z0-9-]{2,40}$'));
create table stand_in (id uuid primary key, rota_id uuid not null, staff_id uuid not null, from_at timestamptz not null, until_at timestamptz not null, why text, by_name text not null, made_at timestamptz not null);
create table time_off (id uuid primary key, staff_id uuid not null, from_at timestamptz not null, until_at timestamptz not null, why text, by_name text not null, made_at timestamptz not null);
create table escalation_path (
  id uuid primary key, key text not null, name text not null, number integer not null, lead text not null, call_again_minutes integer not null, hand_over text not null, steps jsonb not null, state text not null,
  author_id uuid not null, author_name text not null, written_at timestamptz not null, approver_id uuid, approver_name text, approved_at timestamptz, unique (key, number)
);
create table hook (id uuid primary key, kind text not null, name text not null, address text not null, sealed_secret text, by_name text not null, made_at timestamptz not null);
grant select, insert, update, delete on rota, stand_in, time_off, escalation_path, hook to portal_app;
do $$
declare name text;
begin
  foreach name in array array['rota', 'stand_in', 'time_off', 'escalation_path', 'hook'] loop
    execute format('create trigger announce_directory after insert or update or delete on %I for each statement execute function announce_directory()', name);
  end loop;
end $$;

-- when a ticket is to be looked at next: one row a ticket, without text, so that one statement finds what is due among all clients
create table alarm (tenant_id uuid not null, ticket_id uuid not null, due_at timestamptz not null, primary key (tenant_id, ticket_id));
create index alarm_due on alarm (due_at);
grant select, insert, update, delete on alarm to portal_app;

-- a step that was decided, once
create table taken_step (
  tenant_id uuid not null, id uuid not null, ticket_id uuid not null, target text not null, started_at timestamptz not null, percent integer not null, step text not null, action text not null, who text not null, rule text not null,
  due_at timestamptz not null, decided_at timestamptz not null, state text not null, outcome text not null, settled_by text, settled_at timestamptz,
  primary key (tenant_id, id), unique (tenant_id, ticket_id, target, started_at, percent, step), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
create table lead_call (
  tenant_id uuid not null, id uuid not null, ticket_id uuid not null, step_id uuid not null, number integer not null, role text not null, staff_id uuid not null, staff_name text not null, why text not null,
  called_at timestamptz not null, again_at timestamptz, acknowledged_at timestamptz, acknowledged_by text,
  primary key (tenant_id, id), unique (tenant_id, step_id, number), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id), foreign key (tenant_id, step_id) references taken_step (tenant_id, id)
);
create index lead_call_ticket on lead_call (tenant_id, ticket_id);
select make_tenant_table(t) from unnest(array['taken_step', 'lead_call']) t;

alter table ticket add column next_update_at timestamptz;
-- a message that goes to an outside channel instead of a mailbox
alter table outbox_message add column hook_id uuid;

-- clocks that run already are looked at once; what has long been late is not told again
select set_config('app.all', '1', true);
insert into alarm (tenant_id, ticket_id, due_at) select tenant_id, id, now() from ticket where is_open and due_at > now() - interval '1 day';
