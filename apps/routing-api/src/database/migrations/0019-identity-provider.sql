-- Who signs in through an identity provider has no password here.
alter table accounts
  alter column password drop not null,
  add column issuer text,
  add constraint accounts_one_way check ((password is null) <> (issuer is null));

-- Sign-ins that were sent to the provider and have not come back; each is good once.
create table sign_ins (
  state_hash text primary key,
  -- Binds the answer to the browser that asked.
  browser_hash text not null,
  nonce text not null,
  verifier text not null,
  page text not null,
  expires_at text not null
);
create index sign_ins_over on sign_ins (expires_at);
