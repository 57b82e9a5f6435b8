-- Which server this life of the database began at: a replica that takes over and a restore to a point in time go on
-- under another timeline, a restore from a dump in another system.
alter table centre add column timeline text not null default '';
alter table centre add column system text not null default '';
