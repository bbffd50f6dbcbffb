-- Typed questions that were not understood: how many in a day (UTC), by language and by what became of them (unknown,
-- none of the topics that were offered, not what was meant by the answer about a topic). Their words are not here.
CREATE TABLE unknown_count (
    bot_id   TEXT NOT NULL,
    day      TEXT NOT NULL,
    language TEXT NOT NULL,
    what     TEXT NOT NULL,
    topic    TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (bot_id, day, language, what, topic)
);
-- The words of those whose person agreed to that, sealed with their key.
CREATE TABLE unknown_text (
    id        BIGINT PRIMARY KEY,
    bot_id    TEXT NOT NULL,
    shard     INTEGER NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kept_at   DOUBLE PRECISION NOT NULL,
    sealed    BYTEA NOT NULL
);
CREATE INDEX unknown_text_person ON unknown_text (person_id);
CREATE INDEX unknown_text_bot ON unknown_text (bot_id, kept_at);
