-- How many jumps the person took who played the board; null where nobody did. The way itself is not kept. The column has
-- no index, so it costs a board that was not played nothing. Every row so far has null here: nothing is to be validated.
alter table submissions add column played_jumps smallint;
alter table submissions add constraint submissions_played_jumps
  check (played_jumps is null or (total is not null and played_jumps between total and size - 1)) not valid;
