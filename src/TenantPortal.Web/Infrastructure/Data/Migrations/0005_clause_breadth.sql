-- how much must be down for a clause: one device (One), or what several people work with (Several)
alter table clause add column breadth text not null default 'One';
alter table clause alter column breadth drop default;
