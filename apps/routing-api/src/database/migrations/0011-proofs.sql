-- Proofs of possession that changed something, so that none counts twice at whichever process it is shown. Unlogged:
-- they matter for ten minutes, and a crash of the server forgets them sooner than it could be used.
create unlogged table proofs (
  -- SHA-256 of terminal and jti.
  proof text primary key,
  until bigint not null
);
