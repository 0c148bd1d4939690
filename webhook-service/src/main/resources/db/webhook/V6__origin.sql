-- Where a patch was sent from, for the audit record: the other end of the connection, and whom CF-Connecting-IP named. In
-- the row, which accepting writes anyway; unknown (null) of what was accepted before.
ALTER TABLE patch ADD COLUMN address TEXT;
ALTER TABLE patch ADD COLUMN forwarded_for TEXT;
