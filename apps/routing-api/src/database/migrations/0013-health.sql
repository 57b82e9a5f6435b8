-- How each kiosk and counter said it stands, the last time it was heard. Not audited: it changes every minute.
create table terminal_health (
  terminal text primary key references terminals (terminal),
  heard_at text not null,
  report jsonb not null
);
