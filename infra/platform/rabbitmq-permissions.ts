import { rabbitmqTopologyKinds } from "./charts/messaging";
import type { PermissionRule } from "./operator-deployment";

const read = ["get", "list", "watch"];

/** What the cluster operator does: it makes the parts of a RabbitMQ, and hands its pods the right to find each other. */
export const rabbitmqClusterRules: PermissionRule[] = [
  {
    apiGroups: [""],
    resources: ["configmaps", "persistentvolumeclaims", "secrets", "serviceaccounts", "services"],
    verbs: [...read, "create", "update"],
  },
  { apiGroups: [""], resources: ["endpoints"], verbs: read },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "get", "patch"] },
  { apiGroups: [""], resources: ["pods"], verbs: [...read, "update"] },
  { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
  { apiGroups: ["apps"], resources: ["statefulsets"], verbs: [...read, "create", "delete", "update"] },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
  { apiGroups: ["rabbitmq.com"], resources: ["rabbitmqclusters"], verbs: [...read, "create", "update"] },
  { apiGroups: ["rabbitmq.com"], resources: ["rabbitmqclusters/finalizers"], verbs: ["update"] },
  { apiGroups: ["rabbitmq.com"], resources: ["rabbitmqclusters/status"], verbs: ["get", "patch", "update"] },
  {
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["rolebindings", "roles"],
    verbs: [...read, "create", "delete", "update"],
  },
];

const topologyParts = (part: string) => rabbitmqTopologyKinds.map((kind) => `${kind}/${part}`);

/** What the topology operator does: it carries its objects over to RabbitMQ, and keeps users' passwords in Secrets. */
export const rabbitmqTopologyRules: PermissionRule[] = [
  { apiGroups: [""], resources: ["secrets"], verbs: [...read, "create", "update"] },
  { apiGroups: [""], resources: ["services"], verbs: read },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
  {
    apiGroups: ["rabbitmq.com"],
    resources: [...rabbitmqTopologyKinds],
    verbs: [...read, "create", "delete", "patch", "update"],
  },
  { apiGroups: ["rabbitmq.com"], resources: topologyParts("finalizers"), verbs: ["update"] },
  { apiGroups: ["rabbitmq.com"], resources: topologyParts("status"), verbs: ["get", "patch", "update"] },
  { apiGroups: ["rabbitmq.com"], resources: ["rabbitmqclusters"], verbs: read },
  { apiGroups: ["rabbitmq.com"], resources: ["rabbitmqclusters/status"], verbs: ["get"] },
];
