-- What a terminal gave counts against its day like the files it stored.
alter table handovers add column size integer not null default 0;
alter table handovers add column given_at text not null default '';
create index handovers_of_terminal on handovers (given_by, given_at) include (size);
create index handovers_by_end on handovers (expires_at);
