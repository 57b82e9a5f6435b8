-- When the halls were told to forget a concluded case.
alter table cases add column let_go_at text;
create index cases_to_let_go on cases (updated_at) where concluded and let_go_at is null;
-- What may fall due: few at a time, looked for every minute.
create index cases_with_last_day on cases (case_number)
  where not concluded and (state = 'supplement-requested' or (status -> 'gap')::boolean);
-- The bytes a terminal stored today are added up from the index alone.
drop index files_of_terminal;
create index files_of_terminal on files (stored_by, stored_at) include (size);
