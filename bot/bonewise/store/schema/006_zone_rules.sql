-- By which release of the time zone database the moments of a bot's reminders were worked out.
CREATE TABLE zone_rules (
    bot_id  TEXT PRIMARY KEY,
    version TEXT NOT NULL
);
