-- +goose Up

-- As migrations/sqlite/00001_vault.sql; lists are ordered by bytes there, hence the
-- collation.

-- Times ("at") are UTC in microseconds. "sealed" columns hold
-- XChaCha20-Poly1305 boxes bound to table, row id and column; "idx" columns
-- hold HMACs. Ids are random. See the package comment.

create table meta (
	id     text collate "C" primary key not null,
	sealed bytea not null
);

create table subject (
	id     text collate "C" primary key not null,
	at     bigint not null,
	sealed bytea not null
);

create table subject_name (
	idx     bytea not null,
	subject text collate "C" not null references subject (id),
	primary key (idx, subject)
);

create index subject_name_subject on subject_name (subject);

create table consent (
	id      text collate "C" primary key not null,
	subject text collate "C" not null references subject (id),
	at      bigint not null,
	sealed  bytea not null
);

create index consent_subject on consent (subject);

create table notice (
	id     text collate "C" primary key not null,
	at     bigint not null,
	sealed bytea not null
);

create table allowance (
	idx    bytea primary key not null,
	at     bigint not null,
	sealed bytea not null
);

create table doc (
	bucket text collate "C" not null,
	id     text collate "C" not null,
	at     bigint not null,
	sealed bytea not null,
	primary key (bucket, id)
);

create table result (
	idx    bytea primary key not null,
	at     bigint not null,
	sealed bytea not null
);

create index result_at on result (at);

-- Entries are ids, verbs and salted digests by contract, and stay readable.
create table ledger_entry (
	idx    bigint primary key not null,
	entry  bytea not null,
	hashes bytea not null
);

create table ledger_head (
	id   bigint primary key not null check (id = 1),
	head text collate "C" not null
);
