-- A terminal's own certificate: given out anew while it enrols often enough. After its end the terminal is a stranger.
alter table terminals add column certificate jsonb;
alter table terminals add column certificate_until text;
-- From when on its keys are trusted no more; not before it was closed.
alter table terminals add column revoked_at text;

-- Every certificate that the authority gave to a terminal, and the revoked among them.
create table certificates (
  -- Hexadecimal.
  serial text primary key,
  terminal text not null,
  kind text not null check (kind in ('terminal', 'issuing')),
  issued_at text not null,
  until text not null,
  revoked_at text
);
create index certificates_by_terminal on certificates (terminal);
create index certificates_revoked on certificates (serial) where revoked_at is not null;
