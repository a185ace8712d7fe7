-- The form in which names are compared, searched and sorted: the rule of `foldName` in core/src/person/name.ts, which
-- says what it is; a test holds both to be the same for every code point. Case by Unicode's own rules, on every server
-- the same, whatever its own locale.
create function fold_name(text) returns text language sql immutable strict parallel safe
return normalize(
  btrim(
    regexp_replace(
      translate(
        regexp_replace(
          lower(upper(lower(
            normalize(
              translate(
                regexp_replace($1,
                  '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
                  '', 'g'),
                U&'\00B4\1FFD', ''''''),
              nfkd)
            collate "pg_unicode_fast"))),
          'i\u0307+', 'i', 'g'),
        U&'\03C2`\02BB\02BC\2018\2019\201B\2032\2010\2011\2012\2013\2014\2015\2212',
        'σ' || repeat('''', 7) || repeat('-', 7)),
      '[ \u1680\u2800]+', ' ', 'g'),
    ' '),
  nfc);

drop index users_name_parts;
create index users_name_parts on users using gin (fold_name(first_name || ' ' || last_name) gin_trgm_ops);
drop index users_by_name;
create index users_by_name on users (fold_name(last_name), fold_name(first_name), id);

-- The version before asks by this name, and is served by the same indexes.
create or replace function fold_case(text) returns text language sql immutable strict parallel safe
return fold_name($1);
