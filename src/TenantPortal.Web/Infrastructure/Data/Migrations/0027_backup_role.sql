-- Backups are read by a role of their own: it may read every table and write none. It sees all clients because its own session says so, which the policies
-- ask for; a superuser, or a role that bypasses policies, is not needed.
do $$ begin
  if not exists (select from pg_roles where rolname = 'portal_backup') then
    raise exception 'The role portal_backup is missing. Run as the database''s administrator: create role portal_backup login password ''…''';
  end if;
end $$;
grant usage on schema public to portal_backup;
grant select on all tables in schema public to portal_backup;
grant select on all sequences in schema public to portal_backup;
-- tables of a later day too
alter default privileges in schema public grant select on tables to portal_backup;
alter default privileges in schema public grant select on sequences to portal_backup;
