-- How many tables the database has, and a line `count ROWS DIGEST SCHEMA.TABLE` for each of them, whatever the order of its
-- rows.
\ir postgresql-tables.sql
SELECT concat_ws(' ', 'count', cardinality(:'names'::text[]), '-', 'tables');
SELECT format(
         'SELECT concat_ws('' '', ''count'', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0), %L) FROM %s AS t',
         name, name)
  FROM unnest(:'names'::text[]) AS name
\gexec
