-- Sums of whole days (UTC), so that statistics of all submissions read thousands of rows instead of millions.
-- roll_up_submissions() sums up a day once it is over; the service calls it every minute. What changes such a day
-- afterwards (an erased account) changes its sums in the same transaction, so they are true at any moment.

-- One row: days before `until` are summed up.
create table submission_sums (
  until date not null,
  only_row boolean primary key default true check (only_row)
);

-- By quarter of an hour, for days in any time zone: offsets are multiples of it.
create table submission_quarters (
  quarter timestamptz(0) primary key,
  solvable integer not null,
  blocked integer not null
);

create table submission_sizes (
  day date not null,
  size integer not null,
  solvable integer not null,
  blocked integer not null,
  primary key (day, size)
);

-- How many solvable submissions took so many jumps: for the median.
create table submission_totals (
  day date not null,
  total integer not null,
  submissions integer not null,
  primary key (day, total)
);

-- Who sent how many: in months of which every day is summed up, and ever.
create table submission_months (
  month date not null,
  user_id uuid not null,
  solvable integer not null,
  blocked integer not null,
  primary key (month, user_id)
);
create table submission_accounts (
  user_id uuid primary key,
  solvable integer not null,
  blocked integer not null
);

create function day_of(moment timestamptz) returns date language sql immutable as $$
  select (moment at time zone 'UTC')::date
$$;

create function start_of(day date) returns timestamptz language sql immutable as $$
  select day::timestamp at time zone 'UTC'
$$;

create function sum_up_days(first date, until date) returns void language sql as $$
  insert into submission_quarters (quarter, solvable, blocked)
    select date_bin('15 minutes', created_at, 'epoch') as bin, count(total), count(*) - count(total)
    from submissions where created_at >= start_of(first) and created_at < start_of(until)
    group by bin;
  insert into submission_sizes (day, size, solvable, blocked)
    select day_of(created_at) as of_day, size, count(total), count(*) - count(total)
    from submissions where created_at >= start_of(first) and created_at < start_of(until)
    group by of_day, size;
  insert into submission_totals (day, total, submissions)
    select day_of(created_at) as of_day, total, count(*)
    from submissions where created_at >= start_of(first) and created_at < start_of(until) and total is not null
    group by of_day, total;
  insert into submission_accounts as kept (user_id, solvable, blocked)
    select user_id, count(total), count(*) - count(total)
    from submissions where created_at >= start_of(first) and created_at < start_of(until)
    group by user_id
    on conflict (user_id) do update
      set solvable = kept.solvable + excluded.solvable, blocked = kept.blocked + excluded.blocked;
$$;

create function sum_up_month(of_month date) returns void language sql as $$
  insert into submission_months (month, user_id, solvable, blocked)
    select of_month, user_id, count(total), count(*) - count(total)
    from submissions
    where created_at >= start_of(of_month) and created_at < start_of((of_month + interval '1 month')::date)
    group by user_id;
$$;

-- Sums up the days before `today`, for some seconds at most. One caller at a time; another returns at once.
-- A row has the time at which its statement began: an hour after midnight none of the day before is still on its way.
create function roll_up_submissions(today date default day_of(now() - interval '1 hour'))
returns void language plpgsql as $$
declare
  summed date;
begin
  if not pg_try_advisory_xact_lock(hashtext('submission_sums')) then return; end if;
  select until into strict summed from submission_sums;
  while summed < today and clock_timestamp() < statement_timestamp() + interval '2 seconds' loop
    perform sum_up_days(summed, summed + 1);
    summed := summed + 1;
    if extract(day from summed) = 1 then perform sum_up_month((summed - interval '1 month')::date); end if;
  end loop;
  update submission_sums set until = summed where until < summed;
end
$$;

-- Rows that come to days which are over, as when data is brought from elsewhere, or go from them. Those who change the
-- sums wait for one another, and for a day that is being summed up without what they have not committed yet.
create function keep_submission_sums() returns trigger language plpgsql as $$
declare
  sign constant integer := case tg_op when 'INSERT' then 1 else -1 end;
  summed timestamptz;
begin
  if not exists (select from changed where created_at < now() - interval '1 hour') then return null; end if;
  perform pg_advisory_xact_lock(hashtext('submission_sums'));
  select start_of(until) into strict summed from submission_sums;

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

-- First, so that nobody writes before all is summed up.
create trigger submissions_removed after delete on submissions
  referencing old table as changed for each statement execute function keep_submission_sums();
create trigger submissions_added after insert on submissions
  referencing new table as changed for each statement execute function keep_submission_sums();

insert into submission_sums (until) values (day_of(now() - interval '1 hour'));
select sum_up_days('0001-01-01', until) from submission_sums;
select sum_up_month(month::date)
from submission_sums, generate_series(
  (select date_trunc('month', min(day_of(created_at))) from submissions),
  date_trunc('month', until) - interval '1 month', '1 month') as month;
