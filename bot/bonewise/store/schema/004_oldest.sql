-- What has waited longest of all but replies, however low its class
CREATE INDEX outbox_oldest ON outbox (bot_id, channel, id) WHERE state = 'pending' AND rank <> 0;
