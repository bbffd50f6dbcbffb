-- 1: what it says was changed while it was on its way, so that it is not sent once more
ALTER TABLE outbox ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
