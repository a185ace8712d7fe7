-- The sums of 008 stay true whatever SQL does, and can be counted again.

-- First, so that nobody writes until all of this is in place. Filters and sums know these years only. Not validated: an
-- odd row from before must not stop a start.
alter table submissions add constraint submissions_created_at
  check (created_at >= timestamptz '1900-01-01 00:00Z' and created_at < timestamptz '3000-01-01 00:00Z') not valid;

create function refuse_update() returns trigger language plpgsql as $$
begin
  raise exception '% are never changed', tg_table_name
    using errcode = 'restrict_violation', hint = 'Delete the row and insert another one.';
end
$$;

create trigger submissions_unchanged before update on submissions
  for each statement execute function refuse_update();

create function empty_submission_sums() returns void language sql as $$
  delete from submission_quarters;
  delete from submission_sizes;
  delete from submission_totals;
  delete from submission_months;
  delete from submission_accounts;
$$;

create function submissions_emptied() returns trigger language plpgsql as $$
begin
  perform empty_submission_sums();
  return null;
end
$$;

create trigger submissions_emptied after truncate on submissions
  for each statement execute function submissions_emptied();

-- When the oldest transaction began that has written to a table and has not ended; -infinity where that is not known
-- (another role's session, a prepared transaction), null where there is none.
create function oldest_writer(of_table regclass) returns timestamptz language sql as $$
  select min(coalesce(xact_start, '-infinity'))
  from pg_locks left join pg_stat_activity using (pid)
  where relation = of_table and database = (select oid from pg_database where datname = current_database())
    and mode = 'RowExclusiveLock' and granted and pid is distinct from pg_backend_pid()
$$;

-- The days before this can be summed up, unless a transaction older than an hour may still commit rows of them.
create function summable_until() returns date language plpgsql as $$
begin
  if oldest_writer('submissions') < clock_timestamp() - interval '1 hour' then return null; end if;
  return day_of(clock_timestamp() - interval '2 hours');
end
$$;

-- Keeps the sums true when rows are added to days that are summed up (data brought from elsewhere), or removed from
-- them. Those who do so wait for one another and for the roll-up, which does not see what they have not committed. A
-- transaction whose snapshot is older than the last roll-up fails here (serialization_failure).
create or replace function keep_submission_sums() returns trigger language plpgsql as $$
declare
  sign constant integer := case tg_op when 'INSERT' then 1 else -1 end;
  an_hour_ago constant timestamptz := clock_timestamp() - interval '1 hour';
  summed timestamptz;
begin
  -- Nearly every statement ends here, without a wait: rows this new are not summed up for another hour.
  select start_of(until) into summed from submission_sums;
  if not exists (select from changed where created_at < greatest(summed, an_hour_ago)) then return null; end if;
  select start_of(until) into strict summed from submission_sums for update;

  insert into submission_quarters as kept (quarter, solvable, blocked)
    select date_bin('15 minutes', created_at, 'epoch') as bin, sign * count(total), sign * (count(*) - count(total))
    from changed where created_at < summed group by bin
    on conflict (quarter) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_sizes as kept (day, size, solvable, blocked)
    select day_of(created_at) as of_day, size, sign * count(total), sign * (count(*) - count(total))
    from changed where created_at < summed group by of_day, size
    on conflict (day, size) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_totals as kept (day, total, submissions)
    select day_of(created_at) as of_day, total, sign * count(*)
    from changed where created_at < summed and total is not null group by of_day, total
    on conflict (day, total) do update set submissions = kept.submissions + excluded.submissions;
  insert into submission_months as kept (month, user_id, solvable, blocked)
    select date_trunc('month', day_of(created_at))::date as of_month, user_id,
      sign * count(total), sign * (count(*) - count(total))
    from changed where created_at < date_trunc('month', summed, 'UTC') group by of_month, user_id
    on conflict (month, user_id) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_accounts as kept (user_id, solvable, blocked)
    select user_id, sign * count(total), sign * (count(*) - count(total))
    from changed where created_at < summed group by user_id
    on conflict (user_id) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;

  -- Of an erased account nothing stays.
  delete from submission_months where solvable = 0 and blocked = 0
    and (month, user_id) in (select date_trunc('month', day_of(created_at))::date, user_id from changed);
  delete from submission_accounts where solvable = 0 and blocked = 0 and user_id in (select user_id from changed);
  return null;
end
$$;

-- Sums up the days before `today`, for some seconds at most. One caller at a time; another returns at once.
create or replace function roll_up_submissions(today date default 'infinity') returns void language plpgsql as $$
declare
  latest constant date := summable_until();
  summed date;
begin
  if latest is null then return; end if;
  select until into summed from submission_sums for update skip locked;
  while summed < least(today, latest) and clock_timestamp() < statement_timestamp() + interval '2 seconds' loop
    perform sum_up_days(summed, summed + 1);
    summed := summed + 1;
    if extract(day from summed) = 1 then perform sum_up_month((summed - interval '1 month')::date); end if;
  end loop;
  update submission_sums set until = summed where until < summed;
end
$$;

-- Counts all sums again, after something bypassed the triggers. New rows are written meanwhile; whoever adds or removes
-- old ones waits.
create function recount_submission_sums() returns void language plpgsql as $$
declare
  latest constant date := summable_until();
begin
  if latest is null then
    raise exception 'a transaction that may be older than an hour is writing submissions'
      using hint = 'End it (pg_stat_activity, pg_prepared_xacts), then call this again.';
  end if;
  -- Before the sums, in the order of whoever empties the table.
  lock table submissions in access share mode;
  insert into submission_sums (until) values (latest) on conflict (only_row) do nothing;
  perform from submission_sums for update;
  perform empty_submission_sums();
  perform sum_up_days('0001-01-01', latest);
  perform sum_up_month(month::date)
    from generate_series(
      (select date_trunc('month', min(day_of(created_at))) from submissions),
      date_trunc('month', latest) - interval '1 month', '1 month') as month;
  update submission_sums set until = latest;
end
$$;
