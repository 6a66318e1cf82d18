-- the rules that a verdict was reached by, once for each state of a client's rules: systems, contract and clauses; the words are in triage_rule_set
create table rule_snapshot (tenant_id uuid not null, hash text not null, parts jsonb not null, made_at timestamptz not null, primary key (tenant_id, hash));
select make_tenant_table('rule_snapshot');
revoke update, delete on rule_snapshot from portal_app;
-- what a version of a clause would have changed in the past
create table rule_replay (
  tenant_id uuid not null, id uuid not null, version_id uuid not null, rules_hash text not null, state text not null, total integer not null, done integer not null, asked_at timestamptz not null, ended_at timestamptz, changes jsonb,
  primary key (tenant_id, id), foreign key (tenant_id, version_id) references clause_version (tenant_id, id)
);
create index rule_replay_version on rule_replay (tenant_id, version_id);
select make_tenant_table('rule_replay');
-- the figures of a client before autonomy is raised, frozen by one person and approved by another
create table baseline (
  tenant_id uuid not null, id uuid not null, figures jsonb not null, owner_id uuid not null, owner_name text not null, made_at timestamptz not null, approver_id uuid, approver_name text, approved_at timestamptz,
  primary key (tenant_id, id)
);
select make_tenant_table('baseline');
revoke delete on baseline from portal_app;
