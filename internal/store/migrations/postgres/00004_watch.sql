-- +goose Up

-- As migrations/sqlite/00004_watch.sql.

-- "watch" says when somebody has to see to a consent: 0 never, 1 now (it awaits an
-- answer or a confirmation: the record has to be opened), else the end of a
-- publication consent that is valid, in microseconds. It stands in the clear, so that
-- reminders are found without opening every row; the sealed record holds it too. The
-- index covers what a reminder needs.

alter table consent add column watch bigint not null default 0;

create index consent_watch on consent (watch, subject, id) where watch <> 0;
