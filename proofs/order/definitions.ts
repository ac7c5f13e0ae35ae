import { Dependencies } from "../../model/dependencies";
import { groupKind } from "../../model/manifest";
import type { PlannedResource } from "../../model/plan";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";

/** Resources that install the definitions of API groups, by the ends of logical names. */
interface Bringer {
  /** API group, or `group/Kind` when different resources install a group's kinds. */
  readonly kinds: string;
  /** Ends of the logical names of the resources that install it; any of them does. */
  readonly by: readonly string[];
  /**
   * The operator that must exist when the object is deleted, because it removes its finalizer; undefined
   * without a finalizer.
   */
  readonly finalizedBy?: readonly string[];
}

const bringers: readonly Bringer[] = [
  { kinds: "argoproj.io", by: ["-gitops-release"], finalizedBy: ["-gitops-release"] },
  { kinds: "autoscaling.k8s.io", by: ["-definitions-vertical-pod-autoscaler"] },
  { kinds: "barmancloud.cnpg.io", by: ["-postgresql-barman-cloud"] },
  { kinds: "bitnami.com", by: ["-definitions-sealed-secrets"] },
  { kinds: "cert-manager.io", by: ["-certificates-release"] },
  { kinds: "external-secrets.io", by: ["-external-secrets-release"] },
  {
    kinds: "kafka.strimzi.io",
    by: ["-definitions-strimzi-kafka-operator"],
    finalizedBy: ["-kafka-operator-release"],
  },
  { kinds: "monitoring.coreos.com", by: ["-definitions-kube-prometheus-stack"] },
  { kinds: "mongodbcommunity.mongodb.com", by: ["-definitions-mongodb-kubernetes"] },
  { kinds: "postgresql.cnpg.io", by: ["-postgresql-release"], finalizedBy: ["-postgresql-release"] },
  {
    kinds: "rabbitmq.com/RabbitmqCluster",
    by: ["-definitions-rabbitmq-cluster-operator"],
    finalizedBy: ["-rabbitmq-operators-cluster-deployment"],
  },
  {
    kinds: "rabbitmq.com",
    by: ["-definitions-rabbitmq-topology-operator"],
    finalizedBy: ["-rabbitmq-operators-topology-deployment"],
  },
  {
    kinds: "redis.redis.opstreelabs.in",
    by: ["-definitions-redis-operator"],
    finalizedBy: ["-redis-operator-release"],
  },
  { kinds: "elasticsearch.k8s.elastic.co", by: ["-elasticsearch-operator"] },
  { kinds: "kibana.k8s.elastic.co", by: ["-elasticsearch-operator"] },
  { kinds: "security.istio.io", by: ["-mesh-base"] },
  { kinds: "snapshot.storage.k8s.io", by: ["-snapshot-controller-addon"] },
];

/**
 * A custom resource waits for its definition, and is deleted before the operator that removes its finalizer.
 */
export const definitionsFirst: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const order = new Dependencies(plan);
  const custom = model.objects.filter(
    ({ manifest, origin }) =>
      manifest !== undefined && origin.by === "program" && isCustom(manifest.apiVersion),
  );
  return each(custom, (object) => {
    const resource = order.makerOf(object);
    if (resource === undefined || object.manifest === undefined) {
      return undefined;
    }
    const kind = groupKind(object.manifest);
    const bringer = bringerOf(kind);
    const fault = (rule: string, fix: string) => ({
      object: nameOf(object),
      rule,
      source:
        "Kubernetes, custom resources: no kind without its definition, no deletion without the finalizer's operator",
      fix,
    });
    if (bringer === undefined) {
      return fault(`nothing is known to bring ${kind}`, "say in proofs/order/definitions.ts what brings it");
    }
    const waits = (ends: readonly string[]): boolean => isAfter(order, resource, ends);
    // On another stack's cluster everything is already installed.
    const isThere = (ends: readonly string[]): boolean =>
      plan.resources.some(({ name, provider }) => provider === resource.provider && endsWith(name, ends));
    if (isThere(bringer.by) && !waits(bringer.by)) {
      return fault(
        `it does not wait for what brings ${kind}: ${bringer.by.join(" or ")}`,
        "depend on it: the first `up` fails otherwise",
      );
    }
    const { finalizedBy } = bringer;
    return finalizedBy !== undefined && isThere(finalizedBy) && !waits(finalizedBy)
      ? fault(
          `it does not depend on its operator ${finalizedBy.join(" or ")}, which may go first: the object then never does`,
          "depend on the operator",
        )
      : undefined;
  });
};

function isAfter(order: Dependencies, resource: PlannedResource<unknown>, ends: readonly string[]): boolean {
  return [...order.before(resource.urn)].some((urn) => endsWith(urn, ends));
}

function endsWith(name: string, ends: readonly string[]): boolean {
  return ends.some((end) => name.endsWith(end));
}

function bringerOf(kind: string): Bringer | undefined {
  const [group] = kind.split("/");
  return bringers.find(({ kinds }) => kinds === kind) ?? bringers.find(({ kinds }) => kinds === group);
}

/** Kubernetes' own groups have no dot, or end in its own domain; snapshots are the exception. */
function isCustom(apiVersion: string): boolean {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  const own = [
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "admissionregistration.k8s.io",
    "networking.k8s.io",
  ];
  const others = ["rbac.authorization.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "coordination.k8s.io"];
  return group.includes(".") && ![...own, ...others].includes(group);
}
