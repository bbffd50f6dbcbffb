-- Who is reminded (`person_id`) and who helps (`caregiver_id`); each has a sealed side of their own, which only they change.
-- invited, opened (by the caregiver), accepted (by the caregiver), on (confirmed by the person); what is over has no row
CREATE TABLE care_link (
    id               TEXT PRIMARY KEY,
    bot_id           TEXT NOT NULL,
    shard            INTEGER NOT NULL,
    person_id        TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    caregiver_id     TEXT REFERENCES person (id) ON DELETE CASCADE,
    state            TEXT NOT NULL,
    token_hash       TEXT NOT NULL,
    expires_at       DOUBLE PRECISION NOT NULL,
    copies           INTEGER NOT NULL DEFAULT 0,
    sealed           BYTEA NOT NULL,
    sealed_caregiver BYTEA,
    UNIQUE (bot_id, token_hash)
);
CREATE INDEX care_link_person ON care_link (person_id);
CREATE INDEX care_link_caregiver ON care_link (caregiver_id);
CREATE INDEX care_link_open ON care_link (bot_id, expires_at) WHERE state <> 'on';
