-- what another system calls a ticket: the same reference never makes a second one
alter table ticket add column external_ref text;
create unique index ticket_external_ref on ticket (tenant_id, external_ref) where external_ref is not null;
