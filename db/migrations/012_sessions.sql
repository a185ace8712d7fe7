-- Sessions of browsers: who holds the secret of a cookie is signed in. The secret itself is nowhere; it is long and
-- random, so its plain hash cannot be turned back.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  hash bytea not null constraint sessions_hash_key unique,
  -- So that people know it again in a list: “Firefox on Linux”.
  browser text not null,
  created_at timestamptz(3) not null default date_trunc('milliseconds', clock_timestamp()),
  -- At most a minute behind the last request.
  used_at timestamptz(3) not null default date_trunc('milliseconds', clock_timestamp()),

  constraint sessions_hash check (octet_length(hash) = 32),
  constraint sessions_browser check (char_length(browser) between 1 and 60),
  constraint sessions_used_at check (used_at >= created_at)
);

create index sessions_by_user on sessions (user_id, used_at);
create index sessions_by_time on sessions (created_at);

-- Tokens that people make for their scripts, kept as the secrets of sessions are.
create table api_tokens (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  hash bytea not null constraint api_tokens_hash_key unique,
  scope text not null,
  created_at timestamptz(3) not null default date_trunc('milliseconds', clock_timestamp()),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),

  constraint api_tokens_name check (char_length(name) between 1 and 1000),
  constraint api_tokens_hash check (octet_length(hash) = 32),
  constraint api_tokens_scope check (scope in ('read', 'record')),
  constraint api_tokens_expires_at check (expires_at >= created_at)
);

create index api_tokens_by_user on api_tokens (user_id, created_at);
create index api_tokens_by_end on api_tokens (expires_at);

-- Signed tokens of the account that were issued before are refused.
alter table users add column signed_out_at timestamptz(3);

-- Whoever ends sessions or API tokens, by whatever way, tells the workers in the same transaction. They keep them in
-- memory for half a minute.
create function credentials_ended() returns trigger language plpgsql as $$
begin
  insert into revocations (id, kind, expires_at)
  select id::text, 'token', clock_timestamp() + interval '10 minutes' from gone
  on conflict (id) do nothing;
  return null;
end
$$;

create trigger sessions_ended after delete on sessions
  referencing old table as gone for each statement execute function credentials_ended();
create trigger api_tokens_ended after delete on api_tokens
  referencing old table as gone for each statement execute function credentials_ended();
