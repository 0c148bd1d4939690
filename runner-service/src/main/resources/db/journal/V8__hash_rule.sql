-- Which rule a content hash was taken by: an id that is sent again is compared by the rule it was journalled under. Rule 1
-- is that of everything before this column; null where a hash alone was told, of a patch that was cancelled before it came.
ALTER TABLE patches ADD COLUMN hash_rule INTEGER DEFAULT 1;
