-- What the list of people needs.

-- A text without its case, to search and sort by: Unicode's case folding (“ΛΑΌΣ” is “Λαός”, “STRASSE” is “Straße”),
-- on every server the same, whatever its own locale. İ, I, i and ı count as one letter: which of them is the other's
-- capital depends on the language.
create function fold_case(text) returns text language sql immutable strict parallel safe
return replace(
  translate(normalize(casefold(normalize($1, nfd) collate "pg_unicode_fast"), nfc), 'ı', 'i'),
  'i' || chr(775), 'i');

drop index users_name_parts;
create index users_name_parts on users using gin (fold_case(first_name || ' ' || last_name) gin_trgm_ops);
drop index users_by_name;
create index users_by_name on users (fold_case(last_name), fold_case(first_name), id);

-- Submissions from here on are in no sum yet. A function, so that the planner knows how few they are.
create function summed_until() returns timestamptz language sql stable parallel safe
return (select start_of(until) from submission_sums);
