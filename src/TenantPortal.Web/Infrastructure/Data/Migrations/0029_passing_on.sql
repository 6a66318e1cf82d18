-- which line of the desk has a ticket, and whether a person sorted it; the readings of machines leave that alone then
alter table ticket add column tier integer not null default 1, add column is_sorted_by_hand boolean not null default false;
-- for the queue of an upper tier: few tickets are there, and none of the others pays for it
create index ticket_upper_tiers on ticket (tenant_id, tier) where is_open and tier > 1;
-- a note that names a guide is hidden from tiers that may not read the guide; the draft is what a template had written
alter table ticket_note add column min_tier integer not null default 0, add column draft text;
-- what engineers tried themselves; contacts never read this table
create table desk_attempt (
  tenant_id uuid not null, id uuid not null, ticket_id uuid not null, number integer not null, runbook_id uuid, version_hash text, title text not null, min_tier integer not null, staff_id uuid not null, staff_name text not null,
  started_at timestamptz not null, ended_at timestamptz, outcome text not null, steps jsonb not null, comment text,
  primary key (tenant_id, id), unique (tenant_id, ticket_id, number), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
select make_tenant_table('desk_attempt');
revoke delete on desk_attempt from portal_app;
