create table terminals (
  terminal text primary key,
  jwk jsonb not null,
  profile text not null check (profile in ('kiosk', 'counter', 'phone')),
  name text not null,
  hall text,
  -- Whose public status it may pull: a hall, or the terminal alone.
  status_group text not null,
  -- The issuing certificates it was last given: for which key, until when they are given out again.
  issuing_chain jsonb,
  enrolled_at text not null,
  closed_at text
);

-- In production a terminal shows a code that was made for it. Only its hash is kept.
create table enrolment_codes (
  code_hash text primary key,
  profile text not null,
  hall text,
  expires_at text not null,
  used_by text
);
