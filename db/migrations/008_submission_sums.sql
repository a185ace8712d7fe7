-- Sums of whole days (UTC), so that statistics of all submissions read thousands of rows instead of millions.
-- A day is summed up once it is over. Whatever changes one afterwards (an erased account) leaves a mark: a marked day
-- is read row by row until it is summed up anew, so statistics are exact at any moment. roll_up_submissions() does
-- both; the service calls it every few minutes.

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

-- By account, for months (UTC) of which every day is summed up: who sent most.
create table submission_accounts (
  month date not null,
  user_id uuid not null,
  solvable integer not null,
  blocked integer not null,
  primary key (month, user_id)
);

-- Marks: several of one day are several rows, so that summing up removes only those whose changes it has seen.
create table submission_days_changed (
  id bigint generated always as identity primary key,
  day date not null
);

create function sum_up_submissions(first date, until date) returns void language sql as $$
  delete from submission_quarters
    where quarter >= first::timestamp at time zone 'UTC' and quarter < until::timestamp at time zone 'UTC';
  delete from submission_sizes where day >= first and day < until;
  delete from submission_totals where day >= first and day < until;

  insert into submission_quarters (quarter, solvable, blocked)
    select date_bin('15 minutes', created_at, 'epoch') as bin, count(total), count(*) - count(total)
    from submissions
    where created_at >= first::timestamp at time zone 'UTC' and created_at < until::timestamp at time zone 'UTC'
    group by bin;
  insert into submission_sizes (day, size, solvable, blocked)
    select (created_at at time zone 'UTC')::date as of_day, size, count(total), count(*) - count(total)
    from submissions
    where created_at >= first::timestamp at time zone 'UTC' and created_at < until::timestamp at time zone 'UTC'
    group by of_day, size;
  insert into submission_totals (day, total, submissions)
    select (created_at at time zone 'UTC')::date as of_day, total, count(*)
    from submissions
    where created_at >= first::timestamp at time zone 'UTC' and created_at < until::timestamp at time zone 'UTC'
      and total is not null
    group by of_day, total;
$$;

create function sum_up_month(of_month date) returns void language sql as $$
  delete from submission_accounts where month = of_month;
  insert into submission_accounts (month, user_id, solvable, blocked)
    select of_month, user_id, count(total), count(*) - count(total)
    from submissions
    where created_at >= of_month::timestamp at time zone 'UTC'
      and created_at < (of_month + interval '1 month') at time zone 'UTC'
    group by user_id;
$$;

-- Sums up what is over and what was marked, a month at most a call. One caller at a time; another returns at once.
create function roll_up_submissions() returns void language plpgsql as $$
declare
  summed date;
  changed date;
  next date;
  month date;
begin
  if not pg_try_advisory_xact_lock(hashtext('roll_up_submissions')) then return; end if;
  select until into strict summed from submission_sums;

  for changed in select distinct day from submission_days_changed order by day limit 31 loop
    -- The marks go first: one that comes later stays, for its change may not be seen below.
    delete from submission_days_changed where day = changed;
    continue when changed >= summed;
    perform sum_up_submissions(changed, changed + 1);
    month := date_trunc('month', changed)::date;
    if month + interval '1 month' <= summed then perform sum_up_month(month); end if;
  end loop;

  -- A row has the time at which its statement began. An hour later none of the day is still on its way.
  next := least(summed + 31, ((now() - interval '1 hour') at time zone 'UTC')::date);
  if next > summed then
    perform sum_up_submissions(summed, next);
    for month in
      select generate_series(date_trunc('month', summed), next - interval '1 month', '1 month')::date
    loop
      perform sum_up_month(month);
    end loop;
    update submission_sums set until = next;
  end if;
end
$$;

create function mark_changed_days() returns trigger language plpgsql as $$
begin
  insert into submission_days_changed (day)
    select distinct (created_at at time zone 'UTC')::date from changed
    where created_at < now() - interval '1 hour';
  return null;
end
$$;

create trigger submissions_removed after delete on submissions
  referencing old table as changed for each statement execute function mark_changed_days();

-- Rows that are given a time of the past, as when data is brought from elsewhere.
create trigger submissions_added after insert on submissions
  referencing new table as changed for each statement execute function mark_changed_days();

insert into submission_sums (until) values (((now() - interval '1 hour') at time zone 'UTC')::date);
select sum_up_submissions('0001-01-01', until) from submission_sums;
select sum_up_month(month::date)
from submission_sums, generate_series(
  (select date_trunc('month', min(created_at at time zone 'UTC')) from submissions),
  until - interval '1 month', '1 month') as month;
