-- Boards that people sent, with their answers; never changed. Routes are computed anew, not kept.
-- The key begins with the person: it serves one person's rows, the erasing of an account, the sort by email
-- (each person's rows in the order of ids), and allows spreading the table by person later.
create table submissions (
  user_id uuid not null references users on delete cascade,
  id uuid not null,
  clouds text not null,
  size integer not null,
  total integer,
  created_at timestamptz(3) not null default date_trunc('milliseconds', now()),

  primary key (user_id, id),
  constraint submissions_clouds check (clouds ~ '^0([01]*0)?$' and char_length(clouds) <= 10000),
  constraint submissions_size check (size = char_length(clouds)),
  constraint submissions_blocked check ((total is null) = (position('11' in clouds) > 0)),
  -- Nobody crosses faster than by twos, nor slower than by ones.
  constraint submissions_total check (total between size / 2 and size - 1)
);

-- One submission by its id alone: GET /jotc/{id}.
create index submissions_by_id on submissions (id);

-- Everybody's submissions by time, either way; also the filter by dates.
create index submissions_by_time on submissions (created_at, id);

-- One person's submissions by time, either way; also their filter by dates.
create index submissions_by_user_and_time on submissions (user_id, created_at, id);

-- Everybody's by size and by jumps. Blocked boards (total null) stand together at the end of the latter, which
-- so serves the filter `solvable` too. One person's rows are few enough to be sorted when asked for.
create index submissions_by_size on submissions (size, id);
create index submissions_by_total on submissions (total, id);
