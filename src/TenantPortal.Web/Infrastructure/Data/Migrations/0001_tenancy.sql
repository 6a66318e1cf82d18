-- Three classes of tables. Tenant tables are made with make_tenant_table; directory and heads are listed in Infrastructure/Data/TableClasses.cs.
create function make_tenant_table(name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  -- sub-selects are evaluated once a statement, so that the check costs a comparison a row
  execute format($p$create policy tenant on %I
    using ((select current_setting('app.all', true) = '1') or tenant_id = any((select string_to_array(nullif(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[]))
    with check ((select current_setting('app.all', true) = '1') or tenant_id = any((select string_to_array(nullif(current_setting('app.tenants', true), ''), ',')::uuid[])::uuid[]))$p$, name);
  execute format('grant select, insert, update, delete on %I to portal_app', name);
end $$;
revoke all on function make_tenant_table(text) from public;

-- directory
create table client (
  id uuid primary key, slug text not null unique, name text not null, ticket_prefix text not null unique, host text unique, time_zone text not null,
  language text not null, packs text[] not null, is_msp boolean not null, is_active boolean not null, created_at timestamptz not null,
  check (slug ~ '^[a-z0-9-]{2,40}$'), check (ticket_prefix ~ '^[A-Z]{2,6}$')
);
create unique index client_one_msp on client (is_msp) where is_msp;
create table staff_member (
  id uuid primary key, key text not null unique, name text not null, email text not null, normalized_email text not null unique, phone text, title text,
  roles text not null, tier integer not null, serves_all_clients boolean not null, clients uuid[] not null, is_active boolean not null,
  password_hash text, security_stamp text not null, access_failed_count integer not null, lockout_end_at timestamptz,
  authenticator_key text, two_factor_enabled boolean not null, last_totp_step bigint not null, recovery_codes text
);
create table sign_in_token (
  hash bytea primary key, purpose text not null, tenant_id uuid, person_id uuid not null, created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz
);
create index sign_in_token_person on sign_in_token (person_id, created_at);
create table data_protection_key (id text primary key, xml text not null);
create table portal_setting (name text primary key, value text not null);

-- heads: no text, so that workers can find work of every client
create table job (
  id uuid primary key, tenant_id uuid not null, kind text not null, ref_id uuid, number bigint, due_at timestamptz not null, created_at timestamptz not null default now(),
  attempts integer not null default 0, lease_until timestamptz, lease_token uuid, done_at timestamptz, dead_at timestamptz
);
-- a worker walks from client to client in the first, an event looks for its transaction's head in the second, history is cleared by the third
create index job_due on job (tenant_id, due_at) where done_at is null and dead_at is null;
create index job_ref on job (tenant_id, ref_id) where done_at is null and dead_at is null;
create index job_done on job (done_at) where done_at is not null;
create function announce_job() returns trigger language plpgsql as $$
begin
  perform pg_notify('jobs', '');
  return null;
end $$;
create trigger announce_job after insert on job for each statement execute function announce_job();

grant select, insert, update, delete on client, staff_member, sign_in_token, data_protection_key, portal_setting, job to portal_app;

create table client_event (
  tenant_id uuid not null, id bigint generated always as identity, kind text not null, actor_name text not null, actor_id uuid, at timestamptz not null, detail jsonb not null, primary key (tenant_id, id)
);
select make_tenant_table('client_event');
revoke update, delete on client_event from portal_app;
create table decision_record (
  tenant_id uuid not null, id uuid not null, ticket_id uuid, kind text not null, at timestamptz not null, inputs jsonb not null, output jsonb not null, primary key (tenant_id, id)
);
create index decision_record_ticket on decision_record (tenant_id, ticket_id);
select make_tenant_table('decision_record');
revoke update, delete on decision_record from portal_app;
