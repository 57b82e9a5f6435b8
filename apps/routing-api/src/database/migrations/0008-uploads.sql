-- Files that come in parts (tus 1.0.0). `received` counts committed bytes only. Each terminal has its own upload of a
-- file, so that none can spoil another's.
create table uploads (
  address text not null,
  stored_by text not null,
  size integer not null,
  received integer not null default 0,
  touched_at text not null,
  primary key (address, stored_by)
);
create index uploads_touched on uploads (touched_at);

create table upload_parts (
  address text not null,
  stored_by text not null,
  at integer not null,
  bytes bytea not null,
  primary key (address, stored_by, at),
  foreign key (address, stored_by) references uploads on delete cascade
);
-- Ciphertext does not compress.
alter table upload_parts alter column bytes set storage external;
