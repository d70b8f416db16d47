import type { Dialect } from "@/domain/query/dialect";

const SHARED = `all alter analyze and any array as asc at between both by case cast check column constraint create cross cube
current current_date current_time current_timestamp day default delete desc describe distinct drop else end escape except
execute exists explain extract false fetch filter first following for foreign from full function grant group grouping having
hour if ignore in inner insert intersect interval into is join key last lateral leading left like limit localtime
localtimestamp map materialized merge minute month natural next not null nulls of offset on only or order outer over
overwrite partition preceding primary range recursive references rename replace respect right rollup row rows schema second
select set sets show some table tablesample temporary then time timestamp to trailing true truncate try_cast unbounded union
unique unnest update use using values view when where window with within without year zone`;

const OWN: Record<Dialect, string> = {
  trino: `call catalog comment commit define empty format initial input json_table match_recognize matches measures nested
one ordinality output pattern per permute position prepare quarter returning rollback run seek start subset uescape version
week work`,
  duckdb: `anti asof attach by_name checkpoint columns copy detach enum exclude export force glob ilike import install lambda
load macro name parquet pivot positional pragma qualify read_csv read_json read_parquet returning sample semi sequence
similar struct summarize temp try unpivot vacuum`,
};

const TYPES: Record<Dialect, string> = {
  trino: `bigint boolean char date decimal double integer ipaddress json real smallint tinyint uuid varbinary varchar int`,
  duckdb: `bigint bit blob bool boolean char date decimal double enum float hugeint int integer json real smallint string
text timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar`,
};

const words = (text: string) => text.split(/\s+/);

/** Lower case. */
export const keywordsOf = (dialect: Dialect): string[] => [...words(SHARED), ...words(OWN[dialect])];
export const typesOf = (dialect: Dialect): string[] => words(TYPES[dialect]);
