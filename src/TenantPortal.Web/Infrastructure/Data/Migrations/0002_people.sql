create table site (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, address text, phone text, kind text, people_count integer not null, primary key (tenant_id, id)
);
create table contact (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, email text not null, normalized_email text not null, phone text, title text, role text not null,
  site_id uuid, device_id uuid, is_active boolean not null, password_hash text, security_stamp text not null, access_failed_count integer not null, lockout_end_at timestamptz,
  primary key (tenant_id, id), unique (tenant_id, normalized_email), foreign key (tenant_id, site_id) references site (tenant_id, id)
);
create table device (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, kind text not null, model text, os text, os_version text, serial text, site_id uuid, contact_id uuid,
  primary key (tenant_id, id), foreign key (tenant_id, site_id) references site (tenant_id, id), foreign key (tenant_id, contact_id) references contact (tenant_id, id)
);
create index device_contact on device (tenant_id, contact_id);
create table software (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, vendor text, version text, on_all_devices boolean not null, installed_on uuid[] not null, seats integer, seats_used integer, portal text,
  primary key (tenant_id, id)
);
create table printer (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, model text, address text, location text, site_id uuid, is_default boolean not null,
  primary key (tenant_id, id), foreign key (tenant_id, site_id) references site (tenant_id, id)
);
create table vpn_profile (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, app text not null, gateway text not null, site_id uuid,
  primary key (tenant_id, id), foreign key (tenant_id, site_id) references site (tenant_id, id)
);
create table recent_change (
  tenant_id uuid not null, id uuid not null, external_ref text, what text not null, kind text not null, at timestamptz not null, site_id uuid, device_id uuid, by text,
  primary key (tenant_id, id), foreign key (tenant_id, site_id) references site (tenant_id, id), foreign key (tenant_id, device_id) references device (tenant_id, id)
);
create index recent_change_at on recent_change (tenant_id, at desc);
create table named_system (
  tenant_id uuid not null, id uuid not null, external_ref text not null, name text not null, everyday text[] not null, sites uuid[] not null, is_critical boolean not null, primary key (tenant_id, id)
);
create table client_look (
  tenant_id uuid primary key, theme text not null, accent text not null, logo_svg text, phone text, hours text, welcome text, notice text, version integer not null
);
select make_tenant_table(t) from unnest(array['site', 'contact', 'device', 'software', 'printer', 'vpn_profile', 'recent_change', 'named_system', 'client_look']) t;

create table contract (
  tenant_id uuid not null, id uuid not null, external_ref text, name text not null, tier text not null, starts_on date not null, ends_on date, hours jsonb not null, targets jsonb not null, version integer not null,
  primary key (tenant_id, id)
);
create table clause (
  tenant_id uuid not null, id uuid not null, contract_id uuid not null, external_ref text, title text not null, system text not null, "when" text[] not null, sites uuid[] not null, priority text not null,
  first_reply_minutes integer not null, resolution_minutes integer not null, calendar text not null, path text, quote text not null, page text, review_by date, version integer not null,
  primary key (tenant_id, id), foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
select make_tenant_table(t) from unnest(array['contract', 'clause']) t;

-- whoever remembers a person's rights in memory is told when they change
create function announce_rights() returns trigger language plpgsql as $$
begin
  perform pg_notify('rights', new.tenant_id || ' ' || new.id);
  return null;
end $$;
create trigger announce_rights after update of is_active, role, security_stamp, site_id, device_id, name on contact for each row execute function announce_rights();
create function announce_directory() returns trigger language plpgsql as $$
begin
  perform pg_notify('directory', tg_table_name);
  return null;
end $$;
create trigger announce_directory after insert or update or delete on client for each statement execute function announce_directory();
create trigger announce_directory after insert or delete or update of key, name, email, title, phone, roles, tier, serves_all_clients, clients, is_active, security_stamp, two_factor_enabled on staff_member for each statement execute function announce_directory();
create function announce_look() returns trigger language plpgsql as $$
begin
  perform pg_notify('directory', 'client_look ' || new.tenant_id);
  return null;
end $$;
create trigger announce_look after insert or update on client_look for each row execute function announce_look();

-- rules, systems, contract and equipment are remembered ready for use; which client's changed is all that is said
create function announce_profile() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform pg_notify('profile', tenant_id::text) from gone group by tenant_id;
  else perform pg_notify('profile', tenant_id::text) from made group by tenant_id; end if;
  return null;
end $$;
create function announce_profile_of(name text) returns void language plpgsql as $$
begin
  execute format('create trigger announce_profile_made after insert on %I referencing new table as made for each statement execute function announce_profile()', name);
  execute format('create trigger announce_profile_changed after update on %I referencing new table as made for each statement execute function announce_profile()', name);
  execute format('create trigger announce_profile_gone after delete on %I referencing old table as gone for each statement execute function announce_profile()', name);
end $$;
revoke all on function announce_profile_of(text) from public;
select announce_profile_of(t) from unnest(array['site', 'device', 'software', 'printer', 'vpn_profile', 'named_system', 'contract', 'clause']) t;
