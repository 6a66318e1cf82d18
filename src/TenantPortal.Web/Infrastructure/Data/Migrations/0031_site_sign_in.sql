-- tills and wards: a device that many people share signs in by a code of its site
alter table contact add column is_shared boolean not null default false;
create table site_code (
  tenant_id uuid not null, contact_id uuid not null, site_id uuid not null, code_hash text not null, made_by text not null, made_at timestamptz not null, used_at timestamptz,
  primary key (tenant_id, contact_id), unique (tenant_id, code_hash), foreign key (tenant_id, contact_id) references contact (tenant_id, id), foreign key (tenant_id, site_id) references site (tenant_id, id)
);
select make_tenant_table('site_code');
