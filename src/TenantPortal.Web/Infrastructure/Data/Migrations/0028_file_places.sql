-- which store the bytes of a file lie in: what was kept before is in the database
alter table stored_file add column place text not null default 'database';
