-- the start compares what the database has with what the program knows
grant select on schema_migration to portal_app;
