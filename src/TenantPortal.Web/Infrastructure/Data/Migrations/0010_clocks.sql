-- which kind of target falls due next, and when a hold ends by itself
alter table ticket add column due_for text, add column held_until timestamptz;
-- whose hours count is a name: more than two kinds may be promised
alter table ticket_target alter column always type text using case when always then 'Always' else 'Client' end;
alter table ticket_target rename column always to calendar;
-- a next reply may be promised as well, and the first one be measured on another clock
alter table clause add column next_reply_minutes integer, add column clock text not null default 'FirstHumanReply';
alter table clause alter column clock drop default;
