-- what happens to a client's tickets, told to programs beyond the house
create table event_subscription (
  tenant_id uuid not null, id uuid not null, name text not null, address text not null, events text not null, sealed_secret text not null, is_active boolean not null, by_name text not null, made_at timestamptz not null,
  primary key (tenant_id, id)
);
create table event_delivery (
  tenant_id uuid not null, id uuid not null, subscription_id uuid not null, event_id bigint not null, ticket_id uuid not null, type text not null, body text not null, state text not null, attempts integer not null,
  created_at timestamptz not null, sent_at timestamptz, error text,
  primary key (tenant_id, id), unique (tenant_id, subscription_id, event_id), foreign key (tenant_id, subscription_id) references event_subscription (tenant_id, id), foreign key (tenant_id, ticket_id) references ticket (tenant_id, id)
);
create index event_delivery_at on event_delivery (tenant_id, created_at);
select make_tenant_table(t) from unnest(array['event_subscription', 'event_delivery']) t;
