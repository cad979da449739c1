-- +goose Up

-- As migrations/sqlite/00002_registry.sql; lists are ordered by bytes there, hence the
-- collation.

-- "due" is when a record is due for deletion, in microseconds, 0 where it has no
-- date of its own. It stands in the clear, so that what is due is found without
-- opening every row; the sealed record holds it too.

alter table subject add column due bigint not null default 0;
alter table subject add column rev bigint not null default 0;
alter table subject add column names bytea;

create index subject_due on subject (due) where due <> 0;
create index subject_rev on subject (rev);

alter table consent add column due bigint not null default 0;

create index consent_due on consent (due) where due <> 0;

alter table doc add column subject text collate "C" not null default '';

create index doc_subject on doc (subject) where subject <> '';

-- Counts the changes of a kind, so that an index in memory knows that it is old.
create table counter (
	id text collate "C" primary key not null,
	n  bigint not null
);

create table subject_contact (
	idx     bytea not null,
	subject text collate "C" not null references subject (id),
	primary key (idx, subject)
);

create index subject_contact_subject on subject_contact (subject);

-- A file that shows something, once; evidence rows say of whom and what.
create table evidence_file (
	idx    bytea primary key not null,
	id     text collate "C" unique not null,
	at     bigint not null,
	sealed bytea not null
);

-- A file's chunks are written before its digest, and with it its row, is known.
create table evidence_chunk (
	file   text collate "C" not null references evidence_file (id) deferrable initially deferred,
	n      bigint not null,
	sealed bytea not null,
	primary key (file, n)
);

create table evidence (
	idx     bytea primary key not null,
	file    bytea not null references evidence_file (idx),
	subject text collate "C" not null,
	consent text collate "C" not null,
	at      bigint not null,
	due     bigint not null default 0,
	sealed  bytea not null
);

create index evidence_file_idx on evidence (file);
create index evidence_subject on evidence (subject);
create index evidence_consent on evidence (consent) where consent <> '';
create index evidence_due on evidence (due) where due <> 0;
