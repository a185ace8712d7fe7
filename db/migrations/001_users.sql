-- People, identified by a verified email. Ids (UUID v7) come from the API, so that an insert can be sent twice.
-- Whether somebody is of age changes with the day: that is the service's to say, not a constraint's.
create table users (
  id uuid primary key,
  -- "C": sorted and compared by bytes, on every server the same, whatever its own locale.
  email text collate "C" not null constraint users_email_key unique,
  first_name text not null,
  last_name text not null,
  birth_date date not null,
  role text not null default 'user',
  email_verified_at timestamptz(3),
  -- Milliseconds, as JavaScript and JSON have them: what a client read is what the row holds. Cut, not rounded: the
  -- last moment of a day stays in that day.
  created_at timestamptz(3) not null default date_trunc('milliseconds', now()),

  constraint users_email check (email = lower(email) and char_length(email) between 3 and 254),
  -- 50 characters as a person counts them can be many code points (core/src/person/name.ts).
  constraint users_names check (char_length(first_name) between 1 and 1000 and char_length(last_name) between 1 and 1000),
  constraint users_birth_date check (birth_date >= date '1900-01-01' and isfinite(birth_date)),
  constraint users_role check (role in ('user', 'admin'))
);

-- Any part of an email, as administrators search for it: `email like '%part%'`.
create extension if not exists pg_trgm;
create index users_email_parts on users using gin (email gin_trgm_ops);
