-- the queue over all clients is read in this order; with the client in between, rows that fall due together were sorted again on each page
drop index ticket_all_queues;
create index ticket_all_queues on ticket (is_open, due_at, id);
