create table accounts (
  account text primary key,
  name text not null,
  role text not null check (role in ('citizen', 'counter', 'desk', 'supervisor')),
  department text,
  hall text,
  service_window text,
  -- Keyed hash of a citizen's ID number.
  person text,
  password text not null
);

create table sessions (
  token_hash text primary key,
  account text not null references accounts,
  began_at text not null,
  expires_at text not null
);

-- Counted tries (sign-in, ID numbers), so that a restart does not forgive them.
create table attempts (
  subject text primary key,
  window_start text not null,
  count integer not null
);

create table handovers (
  locator text primary key,
  given_by text not null,
  taken_by text,
  ciphertext bytea,
  state text not null check (state in ('waiting', 'taken', 'expired', 'reclaimed')),
  expires_at text not null
);
alter table handovers alter column ciphertext set storage external;
