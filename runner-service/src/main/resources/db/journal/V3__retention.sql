-- When a patch's document and its receipts were dropped. The rest of the row, and its events, are kept for ever.
ALTER TABLE patches ADD COLUMN dropped_at INTEGER;

-- What may be dropped. What ended long ago was accepted long ago, too; taking a patch in does not touch it.
CREATE INDEX patches_to_drop ON patches (accepted_at)
WHERE dropped_at IS NULL
  AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed', 'rejected',
                 'undeliverable', 'undone');
