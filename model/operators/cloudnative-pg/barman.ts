import { z } from "zod";
import type { ContainerFacts } from "../../facts/pod";
import type { OperatorContext } from "../operator";
import { role, roleBinding } from "../parts/access";
import { refsOf, resources } from "../parts/container";
import type { Made } from "../parts/made";
import { restrictedReadOnly } from "../parts/security";
import type { Cluster } from "./spec";

const plugin = "barman-cloud.cloudnative-pg.io";

/** The sidecar of Barman Cloud 0.13.0. */
const sidecarImage = "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0";

const storeSpec = z.object({
  instanceSidecarConfiguration: z
    .object({ resources: resources.optional(), env: z.unknown().optional() })
    .prefault({}),
});

/** True for a cluster that archives through the plugin. */
export function archives({ spec }: Cluster): boolean {
  return spec.plugins.some(({ name, enabled }) => name === plugin && enabled);
}

/**
 * The container that the plugin adds to each instance: with the resources of the cluster's ObjectStore, by
 * default none.
 */
export function sidecar(
  cluster: Cluster,
  mounts: readonly string[],
  around: OperatorContext,
): ContainerFacts {
  const given = cluster.spec.plugins.find(({ name }) => name === plugin);
  const store = around
    .resources("barmancloud.cnpg.io/ObjectStore", cluster.namespace)
    .find(({ metadata }) => metadata.name === given?.parameters.barmanObjectName);
  const { instanceSidecarConfiguration: own } = storeSpec.parse(store?.spec ?? {});
  const refs = [...refsOf(own)];
  return {
    name: "plugin-barman-cloud",
    init: true,
    sidecar: true,
    image: sidecarImage,
    resources: own.resources,
    refs: refs.length > 0 ? refs : undefined,
    mounts: ["/plugins", ...mounts],
    security: restrictedReadOnly,
  };
}

/** What the plugin allows the instances to read: the ObjectStore and its Secrets. */
export function access({ name, namespace, account }: Cluster): readonly Made[] {
  const labels = {
    "app.kubernetes.io/component": "database",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/managed-by": "plugin-barman-cloud",
    "app.kubernetes.io/name": "barman-cloud-plugin",
    "app.kubernetes.io/version": "0.13.0",
    "barmancloud.cnpg.io/cluster": name,
  };
  const granted = `${name}-barman-cloud`;
  return [role(granted, labels), roleBinding({ name: granted, labels, role: granted, namespace, account })];
}
