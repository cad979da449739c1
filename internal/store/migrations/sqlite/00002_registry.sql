-- +goose Up

-- "due" is when a record is due for deletion, in microseconds, 0 where it has no
-- date of its own. It stands in the clear, so that what is due is found without
-- opening every row; the sealed record holds it too.

alter table subject add column due integer not null default 0;
alter table subject add column rev integer not null default 0;
alter table subject add column names blob;

create index subject_due on subject (due) where due <> 0;
create index subject_rev on subject (rev);

alter table consent add column due integer not null default 0;

create index consent_due on consent (due) where due <> 0;

alter table doc add column subject text not null default '';

create index doc_subject on doc (subject) where subject <> '';

-- Counts the changes of a kind, so that an index in memory knows that it is old.
create table counter (
	id text primary key not null,
	n  integer not null
) strict;

create table subject_contact (
	idx     blob not null,
	subject text not null references subject (id),
	primary key (idx, subject)
) strict, without rowid;

create index subject_contact_subject on subject_contact (subject);

-- A file that shows something, once; evidence rows say of whom and what.
create table evidence_file (
	idx    blob primary key not null,
	id     text unique not null,
	at     integer not null,
	sealed blob not null
) strict;

-- A file's chunks are written before its digest, and with it its row, is known.
create table evidence_chunk (
	file   text not null references evidence_file (id) deferrable initially deferred,
	n      integer not null,
	sealed blob not null,
	primary key (file, n)
) strict;

create table evidence (
	idx     blob primary key not null,
	file    blob not null references evidence_file (idx),
	subject text not null,
	consent text not null,
	at      integer not null,
	due     integer not null default 0,
	sealed  blob not null
) strict;

create index evidence_file_idx on evidence (file);
create index evidence_subject on evidence (subject);
create index evidence_consent on evidence (consent) where consent <> '';
create index evidence_due on evidence (due) where due <> 0;
