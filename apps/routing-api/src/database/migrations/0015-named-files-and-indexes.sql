-- When an envelope in custody first named the file; set by custody's own transaction. A file that has it is never an
-- orphan, and a sweep that waits for that transaction looks at the row again and leaves it.
alter table files add column named_at text;
update files f set named_at = f.stored_at where exists (select 1 from envelopes e where e.envelope -> 'files' ? f.address);
-- Whether a file is named stands beside it now; the list of every envelope is searched no more.
drop index envelopes_files;
create index files_unnamed on files (stored_at) where named_at is null;
