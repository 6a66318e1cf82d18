-- who cannot sign in leaves a name and a number; until somebody has made sure who it is, nothing leaves the desk
alter table ticket add column is_unverified boolean not null default false;
create table locked_out (
  tenant_id uuid not null, ticket_id uuid not null, name text not null, key text not null, phone text not null, asked_times integer not null, last_asked_at timestamptz not null, is_open boolean not null,
  code_hash text, code_for uuid, code_to text, code_until timestamptz, code_tries integer not null, verified_as uuid, verified_how text, verified_by text, verified_at timestamptz,
  primary key (tenant_id, ticket_id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
-- however often somebody asks under one name, it is one ticket
create unique index locked_out_open on locked_out (tenant_id, key) where is_open;
select make_tenant_table('locked_out');
revoke delete on locked_out from portal_app;
-- colleagues who are written to about one ticket, and may read it
create table ticket_follower (
  tenant_id uuid not null, ticket_id uuid not null, contact_id uuid not null, added_by text not null, added_at timestamptz not null,
  primary key (tenant_id, ticket_id, contact_id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id), foreign key (tenant_id, contact_id) references contact (tenant_id, id)
);
select make_tenant_table('ticket_follower');
