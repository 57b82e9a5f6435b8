-- Ciphertext by the SHA-256 of itself. In the database, so that one transaction and one backup hold a case whole.
create table files (
  address text primary key,
  size integer not null,
  bytes bytea not null,
  stored_at text not null
);
-- Ciphertext does not compress.
alter table files alter column bytes set storage external;

create table envelopes (
  submission_id text primary key,
  kind text not null,
  manifest_hash text not null,
  terminal text not null,
  sent_by text not null,
  envelope jsonb not null,
  received_at text not null,
  correlation text not null,
  judged_at text,
  attempts integer not null default 0
);
create index envelopes_unjudged on envelopes (received_at) where judged_at is null;
create index envelopes_files on envelopes using gin ((envelope -> 'files'));
