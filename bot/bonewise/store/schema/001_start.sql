-- Read by SQLite and PostgreSQL alike. Times are unix seconds, ids of rows grow (see ids.py), states are words,
-- `sealed` is JSON under the person's own key. What stands in clear is only what has to be searched for.
-- `shard` is derived from the person's id, so that the rows of one person can later lie together.

CREATE TABLE person (
    id          TEXT PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    address     TEXT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    sealed      BYTEA NOT NULL,
    paced_at    DOUBLE PRECISION NOT NULL DEFAULT 0,
    created_at  DOUBLE PRECISION NOT NULL,
    UNIQUE (bot_id, channel, address)
);

CREATE TABLE session (
    person_id   TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    sealed      BYTEA NOT NULL,
    touched_at  DOUBLE PRECISION NOT NULL
);

-- pending, leased, done, poison
CREATE TABLE inbox (
    id          BIGINT PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    person_id   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    dedup_key   TEXT NOT NULL,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    owner       TEXT,
    lease_until DOUBLE PRECISION,
    received_at DOUBLE PRECISION NOT NULL,
    sealed      BYTEA,
    UNIQUE (bot_id, dedup_key)
);
CREATE INDEX inbox_open ON inbox (person_id, id) WHERE state IN ('pending', 'leased');
CREATE INDEX inbox_pending ON inbox (bot_id, id) WHERE state = 'pending';
CREATE INDEX inbox_person ON inbox (person_id);
CREATE INDEX inbox_over ON inbox (bot_id, received_at) WHERE state IN ('done', 'poison');

-- pending, leased, sending, waiting (nobody is at the page), sent, failed, unknown (may have arrived), dropped (not needed any more)
CREATE TABLE outbox (
    id          BIGINT PRIMARY KEY,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    person_id   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    channel     TEXT NOT NULL,
    dedup_key   TEXT NOT NULL,
    rank        INTEGER NOT NULL,
    state       TEXT NOT NULL,
    due_at      DOUBLE PRECISION NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    resent      INTEGER NOT NULL DEFAULT 0,
    owner       TEXT,
    lease_until DOUBLE PRECISION,
    reminder_id TEXT,
    slot        TEXT,
    message_id  TEXT,
    created_at  DOUBLE PRECISION NOT NULL,
    sealed      BYTEA,
    UNIQUE (bot_id, dedup_key)
);
CREATE INDEX outbox_pending ON outbox (bot_id, channel, rank, id) WHERE state = 'pending';
CREATE INDEX outbox_open ON outbox (person_id, rank, id) WHERE state IN ('pending', 'leased', 'sending', 'waiting');
CREATE INDEX outbox_person ON outbox (person_id, id);
CREATE INDEX outbox_text ON outbox (bot_id, created_at) WHERE sealed IS NOT NULL;

-- pending, queued, shown, done, stopped, damaged (its person's key does not open)
CREATE TABLE reminder (
    person_id   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    bot_id      TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    state       TEXT NOT NULL,
    due_at      DOUBLE PRECISION NOT NULL,
    sealed      BYTEA NOT NULL,
    PRIMARY KEY (person_id, id)
);
CREATE INDEX reminder_due ON reminder (bot_id, due_at) WHERE state = 'pending';

-- How fast a channel may send: `allowed_at` paces all replicas, `blocked_until` is set when the channel says stop.
CREATE TABLE rate (
    bot_id        TEXT NOT NULL,
    shard         INTEGER NOT NULL,
    channel       TEXT NOT NULL,
    allowed_at    DOUBLE PRECISION NOT NULL,
    blocked_until DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (bot_id, channel)
);
