-- Which rule a content hash was taken by: an id that is sent again is compared by the rule it was stored under. Rule 1 is
-- that of everything before this column.
ALTER TABLE patch ADD COLUMN hash_rule INTEGER NOT NULL DEFAULT 1;
