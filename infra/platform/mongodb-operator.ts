import * as pulumi from "@pulumi/pulumi";
import { mainNamespace } from "../cluster/namespaces";
import { helmRelease } from "../kit/helm-release";
import { type Site, systemsAt } from "../kit/site";
import { resources } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { useStores } from "../systems/system";
import { charts } from "./charts";

/** Arguments of {@link MongodbOperator}. */
export interface MongodbOperatorArgs {
  readonly site: Site;
}

const namespace = "data-operators";

/** Namespaces that hold a MongoDBCommunity: in each the chart makes the service account that members run as. */
function watchedOn(site: Site): readonly string[] {
  return systemsAt(site)
    .filter((system) => useStores([system], "mongodb"))
    .map((system) => mainNamespace(system, site.environment));
}

/** MongoDB's operator, which may look after replica sets and nothing else. It never calls them: they fetch their orders. (P12) */
export class MongodbOperator extends pulumi.ComponentResource {
  constructor(name: string, { site }: MongodbOperatorArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:MongodbOperator", name, {}, options);
    const watched = watchedOn(site);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.mongodbOperator,
        namespace,
        values: {
          operator: {
            watchNamespace: watched.join(","),
            watchedResources: ["mongodbcommunity"],
            enableClusterMongoDBRoles: false,
            resources: resources({ cpu: "50m", memory: "256Mi" }),
            // They check MongoDB's own kinds for its Enterprise edition, of which there are none.
            webhook: { registerConfiguration: false, installClusterRole: false },
          },
          customEnvVars: "MDB_OPERATOR_TELEMETRY_ENABLED=false",
          registry: { pullPolicy: "IfNotPresent" },
        },
      },
      this,
      ...watched.map((each) => site.namespace(each)),
    );
    site.network.allow(
      pods(namespace, "mongodb-kubernetes-operator", {
        "app.kubernetes.io/name": "mongodb-kubernetes-operator",
      }),
      apiServer,
    );
    this.registerOutputs();
  }
}
