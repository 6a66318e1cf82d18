-- the searches whose words are still kept: few beside those whose words were cleared
create index search_log_kept on search_log (tenant_id, at) where text is not null;
