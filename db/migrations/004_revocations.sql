-- What workers must forget: tokens that were signed out (id: the token's, until it would have ended by itself), and
-- accounts whose copy in a worker's memory is old (id: the account's). Workers read the new rows several times a
-- second, so this holds without Redis too.
create table revocations (
  id text primary key,
  kind text not null,
  -- When the row was written, not when its transaction began: readers go on from what they have seen.
  recorded_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,

  constraint revocations_id check (char_length(id) between 1 and 200),
  constraint revocations_kind check (kind in ('token', 'account'))
);

create index revocations_by_time on revocations (recorded_at);
create index revocations_by_end on revocations (expires_at);

-- Whoever changes or erases an account, by whatever way, tells the workers in the same transaction.
create function account_changed() returns trigger language plpgsql as $$
begin
  insert into revocations (id, kind, expires_at)
  values (old.id, 'account', clock_timestamp() + interval '10 minutes')
  on conflict (id) do update set recorded_at = excluded.recorded_at, expires_at = excluded.expires_at;
  return null;
end
$$;

create trigger users_changed after update or delete on users for each row execute function account_changed();
