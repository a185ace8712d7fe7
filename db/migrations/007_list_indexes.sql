-- The order of a list is (what it is sorted by, created_at, id). That each index has the time behind its first column
-- lets a span of time be found in any order: the index is entered once for each size, or number of jumps, there is.
-- Columns that are only included let a filter be tried, and rows be counted, without a look at the table.
-- On a filled table each index takes seconds for a million rows, and writing waits.

-- Everybody's by time.
drop index submissions_by_time;
create index submissions_by_time on submissions (created_at, id) include (user_id, size, total);

-- Everybody's by size: of small sizes hardly any are blocked, of large ones nearly all, so each kind has its own.
drop index submissions_by_size;
create index submissions_solvable_by_size on submissions (size, created_at, id) include (user_id, total)
  where total is not null;
create index submissions_blocked_by_size on submissions (size, created_at, id) include (user_id, total)
  where total is null;

-- Everybody's by jumps. Blocked boards have none and stand after all others: 10,000 jumps no board takes.
drop index submissions_by_total;
create index submissions_by_total on submissions (coalesce(total, 10000), created_at, id) include (user_id, total);

-- One person's, in each order. That by time serves everybody's by email, too.
drop index submissions_by_user_and_time;
create index submissions_by_user_and_time on submissions (user_id, created_at, id) include (size, total);
create index submissions_by_user_and_size on submissions (user_id, size, created_at, id) include (total);
create index submissions_by_user_and_total on submissions (user_id, coalesce(total, 10000), created_at, id) include (total);
