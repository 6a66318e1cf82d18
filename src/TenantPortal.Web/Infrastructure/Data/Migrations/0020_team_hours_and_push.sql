-- when the teams of the provider work, by the queue that their tickets stand in
create table team_hours (queue text primary key, hours jsonb not null, by_name text not null, changed_at timestamptz not null);
-- the browsers in which members of staff are called: where to push, and the keys that only that browser can read with
create table push_subscription (id uuid primary key, staff_id uuid not null, endpoint text not null unique, public_key bytea not null, auth bytea not null, browser text not null, made_at timestamptz not null);
create index push_subscription_staff on push_subscription (staff_id);
-- what an outside service signs its answers with
alter table hook add column sealed_answer_secret text;
grant select, insert, update, delete on team_hours, push_subscription to portal_app;
create trigger announce_directory after insert or update or delete on team_hours for each statement execute function announce_directory();
create trigger announce_directory after insert or update or delete on push_subscription for each statement execute function announce_directory();
