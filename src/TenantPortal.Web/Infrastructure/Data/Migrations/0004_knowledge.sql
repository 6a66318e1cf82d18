create table runbook_version (
  tenant_id uuid not null, id uuid not null, runbook_id uuid not null, number integer not null, slug text not null, title text not null, category text not null, pack text, hash text not null, source text not null, state text not null,
  author_name text not null, approved_by text, approved_at timestamptz, created_at timestamptz not null, review_by date, primary key (tenant_id, id), unique (tenant_id, runbook_id, number)
);
create table published_runbook (
  tenant_id uuid not null, runbook_id uuid not null, version_hash text not null, slug text not null, title text not null, summary text not null, category text not null, min_tier integer not null, audience text[] not null,
  content jsonb not null, published_at timestamptz not null, approved_by text not null, approved_at timestamptz not null, generation bigint not null, is_withdrawn boolean not null,
  primary key (tenant_id, runbook_id), unique (tenant_id, slug)
);
create index published_runbook_generation on published_runbook (tenant_id, generation);
create table variable_value (
  tenant_id uuid not null, id uuid not null, level text not null, owner_id uuid not null, name text not null, value text not null, primary key (tenant_id, id), unique (tenant_id, level, owner_id, name)
);
create table glossary_term (tenant_id uuid not null, id uuid not null, term text not null, same text[] not null, meaning text, pack text, primary key (tenant_id, id), unique (tenant_id, term));
-- the client's publish counter: read in the first batch of a request, so that no answer comes from an index older than the last withdrawal
create table knowledge_generation (tenant_id uuid primary key, generation bigint not null);
create table pack_media (tenant_id uuid not null, pack text not null, name text not null, media_type text not null, bytes bytea not null, primary key (tenant_id, pack, name));
create table search_log (
  tenant_id uuid not null, id uuid not null, at timestamptz not null, person_kind text not null, person_id uuid not null, text text, hits integer not null, best_id uuid, best_confidence real not null, clicked_id uuid, ticket_id uuid, place text not null,
  primary key (tenant_id, id)
);
create table guide_event (
  tenant_id uuid not null, id uuid not null, at timestamptz not null, contact_id uuid not null, runbook_id uuid not null, version_hash text not null, kind text not null, ticket_id uuid, primary key (tenant_id, id)
);
create index guide_event_at on guide_event (tenant_id, at);
select make_tenant_table(t) from unnest(array['runbook_version', 'published_runbook', 'variable_value', 'glossary_term', 'knowledge_generation', 'pack_media', 'search_log', 'guide_event']) t;
