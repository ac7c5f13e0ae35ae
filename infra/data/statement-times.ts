import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { childOptions, type Site } from "../kit/site";

/** The metric's name is made of it: `cnpg_statement_times_p95_seconds`. */
const queryName = "statement_times";

const key = "queries";

/**
 * The time that 95 of 100 calls stay below, by each statement's mean: PostgreSQL keeps no distribution. Counted since the
 * statistics were last reset.
 */
const query = `
WITH statements AS (
  SELECT mean_exec_time / 1000 AS seconds, calls FROM pg_stat_statements WHERE calls > 0
), reached AS (
  SELECT seconds, sum(calls) OVER (ORDER BY seconds) AS calls, sum(calls) OVER () AS total FROM statements
)
SELECT min(seconds) AS p95_seconds FROM reached WHERE calls >= 0.95 * total
`.trim();

/** Parameters by which the operator loads pg_stat_statements and makes its extension. (CloudNativePG, managed extensions) */
export const statementParameters = {
  "pg_stat_statements.max": "5000",
  "pg_stat_statements.track": "top",
} as const;

/** Arguments of {@link statementTimes}. */
export interface StatementTimesArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The database cluster. */
  readonly clusterName: string;
}

/** What a cluster's `monitoring` has to name, so that its instances tell how long statements take. (001, O1) */
export function statementTimes(
  name: string,
  { site, namespace, clusterName }: StatementTimesArgs,
  parent: pulumi.Resource,
) {
  const metrics = [
    { p95_seconds: { usage: "GAUGE", description: "Time that 95 of 100 statements stay below" } },
  ];
  const queries = { [queryName]: { query, metrics } };
  const map = new ConfigMap(
    name,
    {
      metadata: {
        name: `${clusterName}-statement-times`,
        namespace,
        // The operator reads it again when it changes.
        labels: { "cnpg.io/reload": "" },
      },
      data: { [key]: stringify(queries) },
    },
    childOptions(parent, site, namespace),
  );
  return { map, monitoring: { customQueriesConfigMap: [{ name: map.metadata.name, key }] } };
}
