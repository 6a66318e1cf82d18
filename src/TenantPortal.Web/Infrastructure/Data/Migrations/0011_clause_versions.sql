-- a clause as it is written, tried and approved; what counts for tickets is the row of its approved version in "clause"
create table clause_version (
  tenant_id uuid not null, id uuid not null, clause_id uuid not null, contract_id uuid not null, number integer not null, based_on integer not null, state text not null, rule jsonb not null, cases jsonb not null,
  author_id uuid not null, author_name text not null, created_at timestamptz not null, approver_id uuid, approver_name text, approved_at timestamptz,
  primary key (tenant_id, id), unique (tenant_id, clause_id, number), foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
select make_tenant_table('clause_version');
