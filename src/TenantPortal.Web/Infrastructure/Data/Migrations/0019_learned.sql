-- words of a ticket that a guide solved, names left out: they rank the guide for the next who writes so, and are shown to nobody
create table learned_ticket (
  tenant_id uuid not null, ticket_id uuid not null, runbook_id uuid not null, contact_id uuid not null, words text[] not null, at timestamptz not null,
  primary key (tenant_id, ticket_id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id) on delete cascade
);
create index learned_ticket_runbook on learned_ticket (tenant_id, runbook_id, at);
select make_tenant_table('learned_ticket');
-- a client's guides as the index keeps them, so that one that was idle comes back without reading them all again
create table index_pack (tenant_id uuid primary key, generation bigint not null, bytes bytea not null, made_at timestamptz not null);
alter table index_pack alter column bytes set storage external;
select make_tenant_table('index_pack');
