-- A submission's id is its own among everybody's: it can be a client's Idempotency-Key, and whoever sends the same
-- one again, in whatever account, meets the row that is there.
create unique index submissions_id on submissions (id);
drop index submissions_by_id;
