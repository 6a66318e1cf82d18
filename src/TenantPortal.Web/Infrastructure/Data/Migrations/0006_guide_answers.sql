-- the step of a guide, read before anything was sent, that did not work or could not be done
alter table guide_event add column step text;
