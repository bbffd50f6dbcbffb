-- Times are unix seconds (REAL), ids are text, states are words. Written so that SQLite and PostgreSQL both read it.

CREATE TABLE person (
    id          TEXT PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    address     TEXT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    sealed      BYTEA,
    created_at  DOUBLE PRECISION NOT NULL,
    UNIQUE (bot_id, channel, address)
);

CREATE TABLE session (
    person_id   TEXT PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    sealed      BYTEA,
    touched_at  DOUBLE PRECISION NOT NULL
);

CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    person_id   TEXT NOT NULL,
    dedup_key   TEXT NOT NULL,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    owner       TEXT,
    lease_until DOUBLE PRECISION,
    received_at DOUBLE PRECISION NOT NULL,
    sealed      BYTEA,
    UNIQUE (bot_id, dedup_key)
);
CREATE INDEX inbox_pending ON inbox (person_id, id) WHERE state = 'pending';
