-- Last day (ISO date) on which the content of a concluded case may be kept, and when it was deleted.
alter table cases add column keep_until text, add column forgotten_at text;
create index cases_without_term on cases (case_number) where concluded and keep_until is null;
create index cases_to_forget on cases (keep_until) where forgotten_at is null;
