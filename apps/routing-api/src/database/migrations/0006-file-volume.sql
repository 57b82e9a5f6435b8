-- Who stored a file, so that one terminal cannot fill the disk unseen. Empty for files from before this step.
alter table files add column stored_by text;
create index files_of_terminal on files (stored_by, stored_at);
