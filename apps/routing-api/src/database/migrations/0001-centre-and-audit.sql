-- The centre itself. Its epoch changes when the database was restored from a backup.
create table centre (
  only_one boolean primary key default true check (only_one),
  epoch text not null,
  founded_at text not null
);

-- Append-only log, each entry hashed together with the hash before it. `at` stays text: the hash covers its characters.
create table audit (
  seq bigint primary key,
  at text not null,
  event text not null,
  actor text not null,
  subject text not null,
  correlation text not null,
  detail jsonb not null,
  previous text not null,
  hash text not null
);
create index audit_subject on audit (subject, seq);

-- Last link of the chain; locking this row orders the writers.
create table audit_head (
  only_one boolean primary key default true check (only_one),
  seq bigint not null,
  hash text not null
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function audit_is_append_only();

-- Dense counter per scope. Taken last in a transaction, so that a reader who asks for "after n" never misses one.
create table scopes (
  scope text primary key,
  seq bigint not null
);

-- Latest version of each row that terminals pull.
create table changes (
  scope text not null,
  id text not null,
  seq bigint not null,
  deleted boolean not null default false,
  body jsonb,
  primary key (scope, id)
);
create unique index changes_order on changes (scope, seq);

-- Every version of the catalogue that a case may have been sealed under.
create table catalogues (
  version text primary key,
  body jsonb not null,
  in_force_since text not null
);
