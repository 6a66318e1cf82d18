-- keys for programs: hashes alone
create table api_token (
  id uuid primary key, hash bytea not null unique, name text not null, tenant_id uuid, staff_id uuid, scopes text not null, created_at timestamptz not null, by_name text not null, expires_at timestamptz not null,
  revoked_at timestamptz, last_used_at timestamptz, check ((tenant_id is null) <> (staff_id is null))
);
grant select, insert, update, delete on api_token to portal_app;
create trigger announce_directory after insert or delete or update of revoked_at on api_token for each statement execute function announce_directory();

-- a request that was carried out under a key of the caller's: it is carried out once
create table api_call (tenant_id uuid not null, token_id uuid not null, key text not null, request_hash bytea not null, at timestamptz not null, primary key (tenant_id, token_id, key));
create index api_call_at on api_call (tenant_id, at);
select make_tenant_table('api_call');
