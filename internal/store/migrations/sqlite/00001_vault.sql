-- +goose Up

-- Times ("at") are UTC in microseconds. "sealed" columns hold
-- XChaCha20-Poly1305 boxes bound to table, row id and column; "idx" columns
-- hold HMACs. Ids are random. See the package comment.

create table meta (
	id     text primary key not null,
	sealed blob not null
) strict;

create table subject (
	id     text primary key not null,
	at     integer not null,
	sealed blob not null
) strict;

create table subject_name (
	idx     blob not null,
	subject text not null references subject (id),
	primary key (idx, subject)
) strict, without rowid;

create index subject_name_subject on subject_name (subject);

create table consent (
	id      text primary key not null,
	subject text not null references subject (id),
	at      integer not null,
	sealed  blob not null
) strict;

create index consent_subject on consent (subject);

create table notice (
	id     text primary key not null,
	at     integer not null,
	sealed blob not null
) strict;

create table allowance (
	idx    blob primary key not null,
	at     integer not null,
	sealed blob not null
) strict;

create table doc (
	bucket text not null,
	id     text not null,
	at     integer not null,
	sealed blob not null,
	primary key (bucket, id)
) strict;

create table result (
	idx    blob primary key not null,
	at     integer not null,
	sealed blob not null
) strict;

create index result_at on result (at);

-- Entries are ids, verbs and salted digests by contract, and stay readable.
create table ledger_entry (
	idx    integer primary key not null,
	entry  blob not null,
	hashes blob not null
) strict;

create table ledger_head (
	id   integer primary key not null check (id = 1),
	head text not null
) strict;
