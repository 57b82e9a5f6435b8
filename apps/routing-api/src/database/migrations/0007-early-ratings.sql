-- A rating may arrive before its application: it has no files to send first. It is kept with the secret it came with,
-- and counts once a receipt with that secret is there.
alter table ratings add column secret_hash text not null default '';
alter table ratings drop constraint ratings_pkey;
alter table ratings add primary key (receipt_number, secret_hash);
create view counted_ratings as
  select r.receipt_number, r.level, r.rated_at from ratings r join receipts using (receipt_number, secret_hash);
