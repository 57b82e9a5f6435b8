-- Sign-ins at a counter whose owner confirms them on a device of their own.
create table code_sign_ins (
  handle_hash text primary key,
  -- Only the counter that began it may ask.
  terminal text not null,
  device_code text not null,
  interval_seconds integer not null,
  ask_after text not null,
  expires_at text not null
);
create index code_sign_ins_over on code_sign_ins (expires_at);
