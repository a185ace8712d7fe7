-- Signing in by code with the address alone: details are asked for once the mailbox is proven, so none wait here.
-- Codes that are on their way when this runs have to be asked for again.
drop table challenges;
drop table codes;

-- Sign-ins that wait for their code. The code itself is nowhere; its hash is keyed by a secret that the database does
-- not have. Rows are kept for an hour, over the code's own end: what an address asked for is counted by them.
create table challenges (
  id uuid primary key,
  email text collate "C" not null,
  -- Whence it was asked for: a keyed hash of the client's network, or of a device that is known.
  origin bytea not null,
  hash bytea not null,
  digits smallint not null,
  -- Guesses so far, right or wrong; each is counted before it is looked at.
  tries smallint not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,

  constraint challenges_email check (email = lower(email) and char_length(email) between 3 and 254),
  constraint challenges_hash check (octet_length(hash) = 32),
  constraint challenges_digits check (digits in (6, 12)),
  constraint challenges_tries check (tries between 0 and 5),
  constraint challenges_expires_at check (expires_at >= created_at)
);

create index challenges_by_email on challenges (email, created_at);
create index challenges_by_time on challenges (created_at);

-- The budget of emails: a row for each that was sent or that the verifier was asked for, kept for an hour.
create table mails (
  id uuid primary key,
  origin bytea not null,
  -- Whether its address had an account.
  has_account boolean not null,
  created_at timestamptz(3) not null default now()
);

create index mails_by_time on mails (created_at);
create index mails_of_strangers on mails (origin, created_at) where not has_account;

-- Wrong guesses at an address since somebody last signed in there.
create table wrong_guesses (
  email text collate "C" primary key,
  guesses integer not null,
  last_at timestamptz(3) not null default now(),

  constraint wrong_guesses_guesses check (guesses > 0)
);

-- Proven addresses whose account is still to be made: by whoever holds the secret that this is the hash of (SHA-256).
create table registrations (
  hash bytea primary key,
  email text collate "C" not null,
  expires_at timestamptz(3) not null,

  constraint registrations_hash check (octet_length(hash) = 32)
);
