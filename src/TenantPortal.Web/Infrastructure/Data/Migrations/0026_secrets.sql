-- a client's data keys, wrapped by the master key; what is sealed with them names its key's number
create table client_key (tenant_id uuid not null, number integer not null, wrapped bytea not null, made_at timestamptz not null, primary key (tenant_id, number));
-- credentials that were taken out of a ticket's words: the label stands in the mask, the value is only here and only sealed
create table ticket_secret (
  tenant_id uuid not null, id uuid not null, ticket_id uuid not null, kind text not null, label text not null, sealed bytea not null, by_name text not null, at timestamptz not null, undone_at timestamptz,
  primary key (tenant_id, id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
create index ticket_secret_ticket on ticket_secret (tenant_id, ticket_id);
select make_tenant_table(t) from unnest(array['client_key', 'ticket_secret']) t;
revoke delete on client_key from portal_app;

-- words that are put back after a wrong mask are found again
create trigger index_ticket_message_again after update of text on ticket_message for each row when (new.text is distinct from old.text) execute function index_ticket_message();
