-- A submission has the time at which it is written, not that at which its transaction began: a transaction that began
-- long ago inserts nothing into the past, behind what readers of the live feed were told already.
alter table submissions alter column created_at set default date_trunc('milliseconds', clock_timestamp());
