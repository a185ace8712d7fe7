-- Any part of a name, as administrators search for people; their order by name.
create index users_name_parts on users using gin (lower(first_name || ' ' || last_name) gin_trgm_ops);
create index users_by_name on users (lower(last_name), lower(first_name), id);
create index users_by_time on users (created_at, id);
