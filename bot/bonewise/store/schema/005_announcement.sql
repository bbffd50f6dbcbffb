-- What an operator announces: sending, paused, stopped, done. Its text is about nobody, so it stands in clear.
-- People are gone through in the order of their ids, up to `reached` (NULL: all are). Who sleeps is left for the next
-- time through, which begins at `due_at`; the time under way gathers in `next_at` when that is to be.
CREATE TABLE announcement (
    bot_id      TEXT NOT NULL,
    id          TEXT NOT NULL,
    shard       INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    texts       TEXT NOT NULL,
    last_day    TEXT NOT NULL,
    state       TEXT NOT NULL,
    reached     TEXT,
    due_at      DOUBLE PRECISION NOT NULL,
    next_at     DOUBLE PRECISION,
    begun_at    DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (bot_id, id)
);
-- outbox.state has one more: held (of an announcement that is paused)
ALTER TABLE outbox ADD COLUMN announcement TEXT;
CREATE INDEX outbox_announcement ON outbox (bot_id, announcement, state) WHERE announcement IS NOT NULL;
