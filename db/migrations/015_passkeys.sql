-- Public keys of passkeys: whoever signs with the private one, which never leaves its device or password manager, is
-- signed in.
create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- What the authenticator names the passkey by.
  credential_id bytea not null constraint passkeys_credential_id_key unique,
  -- In COSE.
  public_key bytea not null,
  -- How often it was used, as the authenticator says; many always say 0. One that goes back may be that of a copy.
  counter bigint not null,
  -- Where browsers may look for it: internal, hybrid, usb …
  transports text[] not null,
  -- Whether it asked for a PIN or a fingerprint when it was made: then it must do so at each sign-in.
  verifies_user boolean not null,
  name text not null,
  created_at timestamptz(3) not null default date_trunc('milliseconds', clock_timestamp()),
  used_at timestamptz(3),

  constraint passkeys_credential_id check (octet_length(credential_id) between 1 and 1023),
  constraint passkeys_counter check (counter between 0 and 4294967295),
  constraint passkeys_name check (char_length(name) between 1 and 1000)
);

create index passkeys_by_user on passkeys (user_id, created_at);

-- What an authenticator is asked to sign: once, for the account that adds a passkey, or for nobody yet.
create table passkey_challenges (
  challenge bytea primary key,
  user_id uuid references users on delete cascade,
  expires_at timestamptz(3) not null,

  constraint passkey_challenges_challenge check (octet_length(challenge) = 32)
);

create index passkey_challenges_by_end on passkey_challenges (expires_at);
create index passkey_challenges_by_user on passkey_challenges (user_id);

-- Whoever signed in before the address was proven may be somebody else: what they hold ends when its owner proves it.
create function address_proven() returns trigger language plpgsql as $$
begin
  delete from passkeys where user_id = new.id;
  delete from passkey_challenges where user_id = new.id;
  delete from sessions where user_id = new.id;
  delete from api_tokens where user_id = new.id;
  new.signed_out_at = date_trunc('milliseconds', clock_timestamp());
  return new;
end
$$;

create trigger users_address_proven before update of email_verified_at on users for each row
  when (old.email_verified_at is null and new.email_verified_at is not null) execute function address_proven();
