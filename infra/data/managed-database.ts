import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedDatabase } from "../cluster/cluster";
import { childOptions, type Site } from "../kit/site";
import { egressHostsAnnotation } from "../network/cluster-network";
import { publicInternet } from "../network/compile";
import type { Pods } from "../network/edge";

/** Arguments of {@link allowManagedDatabase}. */
export interface ManagedDatabaseAccess {
  readonly site: Site;
  readonly clients: Pods;
  readonly database: ManagedDatabase;
}

/**
 * Lets pods reach a database that the cloud runs, on its port and no other. The cloud chooses the port when it makes the
 * database, so that this cannot be an edge of the site's network, which is compiled before: it is a policy of its own, and
 * policies add up. (C12)
 */
export function allowManagedDatabase(
  name: string,
  { site, clients, database }: ManagedDatabaseAccess,
  parent: pulumi.Resource,
): void {
  const { host, port } = database;
  new NetworkPolicy(
    name,
    {
      metadata: {
        name: `${clients.name}-managed-database`,
        namespace: clients.namespace,
        annotations: { [egressHostsAnnotation]: pulumi.interpolate`${host}:${port}` },
      },
      spec: {
        podSelector: { matchLabels: { ...clients.labels } },
        policyTypes: ["Egress"],
        egress: [{ to: [publicInternet], ports: [{ protocol: "TCP", port }] }],
      },
    },
    childOptions(parent, site, clients.namespace),
  );
}
