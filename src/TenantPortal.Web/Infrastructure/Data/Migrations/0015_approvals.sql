-- what one person asks for and another answers for: replies on guarded tickets, and judgements that become milder
create table approval (
  tenant_id uuid not null, id uuid not null, ticket_id uuid not null, kind text not null, text text not null, wait_after boolean not null, recipient text not null, priority text not null, risk_tags text not null,
  to_priority text, to_risk_tags text, seal text not null, author_id uuid not null, author_name text not null, lead_id uuid, asked_at timestamptz not null, state text not null,
  decided_by_id uuid, decided_by_name text, decided_at timestamptz, reason text, looked_at_by text, looked_at timestamptz,
  primary key (tenant_id, id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
create index approval_ticket on approval (tenant_id, ticket_id);
create index approval_open on approval (tenant_id, asked_at) where state = 'Waiting' or (state = 'BrokeGlass' and looked_at is null);
select make_tenant_table('approval');
revoke delete on approval from portal_app;
