-- outbox.state has three more: postponed (until due_at, for quiet hours), missed (too late) and skipped (too late, and no loss)
CREATE INDEX outbox_postponed ON outbox (bot_id, due_at) WHERE state = 'postponed';
