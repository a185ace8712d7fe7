-- Sums are made in pieces of some hundred thousand rows, so that no statement takes more than a few seconds, whatever a
-- day holds. Before, one statement read a whole day four times over, and a month once more: from about 150 submissions a
-- second on, that was more than the service gives a statement. Every table of sums now holds the same rows: those before
-- one moment, which may lie within a day or a month.
-- Writing waits for this: about a second for a million submissions of the current month.

-- First, so that nobody adds or removes anything meanwhile.
lock table submission_sums in access exclusive mode;
alter table submission_sums add column summed_until timestamptz(3);
update submission_sums set summed_until = start_of(until);
alter table submission_sums alter column summed_until set not null;

create or replace function summed_until() returns timestamptz language sql stable parallel safe
return (select sums.summed_until from submission_sums as sums);

-- Workers of the version before read the date.
alter table submission_sums drop column until;
alter table submission_sums add column until date generated always as (day_of(summed_until)) stored;

-- Months had no row until all of their days were summed up.
insert into submission_months (month, user_id, solvable, blocked)
  select date_trunc('month', until)::date, user_id, count(total), count(*) - count(total)
  from submission_sums join submissions on created_at >= date_trunc('month', summed_until, 'UTC') and created_at < summed_until
  group by 1, 2;

drop function sum_up_days(date, date);
drop function sum_up_month(date);
drop function roll_up_submissions(date);

-- How many submissions there are of a quarter of an hour, of a day and size, of a day and number of jumps, or of a month
-- and account. What does not say which ones they are is null.
create type submission_count as (
  quarter timestamptz,
  day date,
  size integer,
  total integer,
  month date,
  user_id uuid,
  solvable integer,
  blocked integer
);

create function add_to_sums(counts submission_count[]) returns void language sql as $$
  insert into submission_quarters as kept (quarter, solvable, blocked)
    select quarter, solvable, blocked from unnest(counts) where quarter is not null
    on conflict (quarter) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_sizes as kept (day, size, solvable, blocked)
    select day, size, solvable, blocked from unnest(counts) where size is not null
    on conflict (day, size) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_totals as kept (day, total, submissions)
    select day, total, solvable from unnest(counts) where total is not null
    on conflict (day, total) do update set submissions = kept.submissions + excluded.submissions;
  insert into submission_months as kept (month, user_id, solvable, blocked)
    select month, user_id, solvable, blocked from unnest(counts) where user_id is not null
    on conflict (month, user_id) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
  insert into submission_accounts as kept (user_id, solvable, blocked)
    select user_id, sum(solvable), sum(blocked) from unnest(counts) where user_id is not null group by user_id
    on conflict (user_id) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
$$;

-- Adds the submissions of a span of time. They are read once, and where they lie: in the index by time.
create function sum_up(since timestamptz, before timestamptz) returns void language sql as $$
  select add_to_sums(array(
    select (quarter, day, size, total, month, user_id, count(total), count(*) - count(total))::submission_count
    from (
      select date_bin('15 minutes', created_at, 'epoch') as quarter, day_of(created_at) as day, size, total,
        date_trunc('month', created_at at time zone 'UTC')::date as month, user_id
      from submissions where created_at >= since and created_at < before
    ) as rows
    group by grouping sets ((quarter), (day, size), (day, total), (month, user_id))
  ))
$$;

-- As in 009, with the moment in place of the day.
create or replace function keep_submission_sums() returns trigger language plpgsql as $$
declare
  sign constant integer := case tg_op when 'INSERT' then 1 else -1 end;
  an_hour_ago constant timestamptz := clock_timestamp() - interval '1 hour';
  summed timestamptz;
  counts submission_count[];
begin
  -- Nearly every statement ends here, without a wait: rows this new are not summed up for another hour.
  select summed_until into summed from submission_sums;
  if not exists (select from changed where created_at < greatest(summed, an_hour_ago)) then return null; end if;
  select summed_until into strict summed from submission_sums for update;

  counts := array(
    select (quarter, day, size, total, month, user_id, sign * count(total), sign * (count(*) - count(total)))::submission_count
    from (
      select date_bin('15 minutes', created_at, 'epoch') as quarter, day_of(created_at) as day, size, total,
        date_trunc('month', created_at at time zone 'UTC')::date as month, user_id
      from changed where created_at < summed
    ) as rows
    group by grouping sets ((quarter), (day, size), (day, total), (month, user_id))
  );
  perform add_to_sums(counts);
  -- Of an erased account nothing stays.
  if tg_op = 'DELETE' then
    delete from submission_months where solvable = 0 and blocked = 0
      and (month, user_id) in (select month, user_id from unnest(counts));
    delete from submission_accounts where solvable = 0 and blocked = 0
      and user_id in (select user_id from unnest(counts));
  end if;
  return null;
end
$$;

-- Sums up the days before `today`, in pieces of so many rows, until that has taken so long. One caller at a time; another
-- returns at once.
create function roll_up_submissions(
  today date default 'infinity', piece_rows integer default 300000, at_most interval default '2 seconds'
) returns void language plpgsql as $$
declare
  latest constant date := summable_until();
  target constant timestamptz := start_of(least(today, latest));
  summed timestamptz;
  piece_end timestamptz;
begin
  if latest is null then return; end if;
  select summed_until into summed from submission_sums for update skip locked;
  while summed < target loop
    select created_at into piece_end from submissions where created_at >= summed and created_at < target
      order by created_at offset piece_rows limit 1;
    -- Rows of one millisecond are one piece, however many.
    piece_end := greatest(coalesce(piece_end, target), summed + interval '1 millisecond');
    perform sum_up(summed, piece_end);
    summed := piece_end;
    exit when clock_timestamp() > statement_timestamp() + at_most;
  end loop;
  update submission_sums set summed_until = summed where summed_until < summed;
end
$$;

create or replace function recount_submission_sums() returns void language plpgsql as $$
declare
  latest constant date := summable_until();
begin
  if latest is null then
    raise exception 'a transaction that may be older than an hour is writing submissions'
      using hint = 'End it (pg_stat_activity, pg_prepared_xacts), then call this again.';
  end if;
  -- Before the sums, in the order of whoever empties the table.
  lock table submissions in access share mode;
  insert into submission_sums (summed_until) values (start_of(latest)) on conflict (only_row) do nothing;
  perform from submission_sums for update;
  perform empty_submission_sums();
  perform sum_up('-infinity', start_of(latest));
  update submission_sums set summed_until = start_of(latest);
end
$$;
