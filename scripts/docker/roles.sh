#!/bin/sh
# Run once by PostgreSQL's container, while its database is empty: the portal's four roles and its database (docs/install.md, section 1).
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner="$PORTAL_OWNER_PASSWORD" -v app="$PORTAL_APP_PASSWORD" -v backup="$PORTAL_BACKUP_PASSWORD" <<'SQL'
create role portal_owner login password :'owner';
create role portal_app login password :'app';
create role portal_backup login password :'backup';
create role portal_sealer nologin;
grant portal_sealer to portal_owner;
create database portal owner portal_owner encoding 'UTF8' template template0;
SQL
