-- How many tables the database has, and a line `count ROWS DIGEST SCHEMA.TABLE` for each of them, whatever the order of its
-- rows. Tables of extensions are left out, and so are the parts of partitioned ones: they are counted with the whole.
WITH tables AS (
  SELECT c.oid::regclass AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p')
     AND NOT c.relispartition
     AND n.nspname NOT IN ('pg_catalog', 'information_schema')
     AND n.nspname NOT LIKE 'pg\_toast%'
     AND n.nspname NOT LIKE '\_timescaledb%'
     AND NOT EXISTS (SELECT FROM pg_depend AS d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
SELECT format('SELECT concat_ws('' '', ''count'', %s, ''-'', ''tables'')', count(*)) FROM tables
 UNION ALL
SELECT format(
         'SELECT concat_ws('' '', ''count'', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0), %L) FROM %s AS t',
         name::text, name)
  FROM tables
\gexec
