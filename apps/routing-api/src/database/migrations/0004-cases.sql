create table receipts (
  receipt_number text primary key,
  submission_id text not null references envelopes,
  secret_hash text not null,
  manifest_hash text not null,
  received_at text not null,
  -- Keyed hashes of the ID numbers that open the private half.
  persons text[] not null
);

create table cases (
  case_number text primary key,
  submission_id text not null references envelopes,
  receipt_number text not null,
  item text not null,
  bundle text,
  catalogue_version text not null,
  department text not null,
  state text not null,
  concluded boolean not null default false,
  -- The public half (core: PublicStatus): codes and dates only.
  status jsonb not null,
  hall text,
  ticket text,
  received_at text not null,
  updated_at text not null,
  correlation text not null,
  -- Encrypted under the centre's storage key: applicant, verdicts on papers, register findings.
  sealed bytea not null
);
create index cases_of_submission on cases (submission_id);
create index cases_of_receipt on cases (receipt_number);
create index cases_of_department on cases (department, concluded, received_at);
create index cases_of_hall on cases (hall, concluded, received_at);

-- Terminal groups that pull the public status of a case.
create table case_groups (
  case_number text not null references cases,
  status_group text not null,
  primary key (case_number, status_group)
);

-- Which envelopes a case is made of: its application first, then answers to supplement notices.
create table case_envelopes (
  case_number text not null references cases,
  submission_id text not null references envelopes,
  primary key (case_number, submission_id)
);

-- Keyed hashes to find a case by name or ID number without storing either.
create table case_tokens (
  token text not null,
  case_number text not null references cases,
  primary key (token, case_number)
);

create table corrections (
  case_number text not null references cases,
  ordinal integer not null,
  fault text not null,
  about text not null,
  opened_at text not null,
  resolved_at text,
  resolved_by text,
  primary key (case_number, ordinal)
);
create index corrections_open on corrections (case_number) where resolved_at is null;

-- The private half of notices and decisions, encrypted.
create table notes (
  case_number text not null references cases,
  ordinal integer not null,
  at text not null,
  materials text[] not null,
  sealed bytea not null,
  primary key (case_number, ordinal)
);

create table ratings (
  receipt_number text primary key,
  submission_id text not null references envelopes,
  level text not null,
  rated_at text not null,
  sealed_comment bytea
);

-- What an Idempotency-Key has already done; the answer is read anew, never kept.
create table done_actions (
  actor text not null,
  key text not null,
  request_hash text not null,
  case_number text not null,
  at text not null,
  primary key (actor, key)
);
