create table ticket (
  id bigserial primary key, subject text not null, body text not null, email text not null, status smallint not null, prio smallint not null, due timestamptz not null, created timestamptz not null default now(),
  tsv tsvector generated always as (to_tsvector('simple', subject || ' ' || body)) stored
);
create table message (id bigserial primary key, ticket_id bigint not null, author text not null, body text not null, created timestamptz not null default now());
create index on ticket (status, due);
create index on ticket (email, created);
create index on ticket using gin (tsv);
create index on message (ticket_id, id);
