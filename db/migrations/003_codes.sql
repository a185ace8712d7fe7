-- Codes mailed to an address to prove that whoever signs in reads its mail: a row for each mail. The code itself is
-- nowhere; its hash is keyed by a secret that the database does not have.
-- Rows are kept for an hour, over the code's own end, for mails to an address are counted by them.
create table codes (
  id uuid primary key,
  email text collate "C" not null,
  hash bytea not null,
  -- Guesses so far, right or wrong; each is counted before it is looked at.
  tries integer not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,

  constraint codes_email check (email = lower(email) and char_length(email) between 3 and 254),
  constraint codes_hash check (octet_length(hash) = 32),
  constraint codes_tries check (tries between 0 and 5),
  constraint codes_expires_at check (expires_at >= created_at)
);

create index codes_by_email on codes (email, created_at);
create index codes_by_time on codes (created_at);

-- Sign-ins that wait for the code of a mail, with the details they came with: who asks again before another mail may
-- be sent waits for the same code.
create table challenges (
  id uuid primary key,
  code_id uuid not null references codes on delete cascade,
  first_name text not null,
  last_name text not null,
  birth_date date not null
);

create index challenges_by_code on challenges (code_id);
