-- When what came of a patch was dropped: its document, its receipt and its delivery attempts. The rest of the row, and its
-- history, are kept for ever.
ALTER TABLE patch ADD COLUMN dropped_at INTEGER;

-- What may be dropped, longest ended first. Accepting a patch does not touch it.
CREATE INDEX patch_to_drop ON patch (changed_at)
WHERE dropped_at IS NULL
  AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed', 'rejected',
                 'undeliverable', 'undone');
