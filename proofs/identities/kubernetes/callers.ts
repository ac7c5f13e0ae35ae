/** Calls of one resource. */
export interface Calls {
  /** `pods`, `apps/statefulsets`, `rabbitmq.com/queues/status`; undefined group: the core group. */
  readonly resource: string;
  /** Separated by spaces. */
  readonly verbs: string;
  /** `own`: in the namespace of its pods alone. */
  readonly where: "own" | "all";
}

/** The calls of Kubernetes' API that some software makes by its source or documentation. */
export interface Caller {
  /** The account's name. */
  readonly account: string;
  /** What it cannot do without. */
  readonly needs: readonly Calls[];
  /** What its own manifest gives it beside that. */
  readonly listed?: readonly Calls[];
  readonly source: string;
}

const everywhere = (resource: string, verbs: string): Calls => ({ resource, verbs, where: "all" });
const here = (resource: string, verbs: string): Calls => ({ resource, verbs, where: "own" });

const read = "get list watch";

/** One of several replicas acts: client-go gets, creates and updates a Lease, and tells of it by an event. */
const election = {
  needs: [here("coordination.k8s.io/leases", "get create update"), here("events", "create patch")],
  listed: [here("coordination.k8s.io/leases", "list watch patch")],
};

/** As the operator's manifest lists them, and not as the program does: what that left out, the proof would not miss. */
const topology = [
  "bindings",
  "exchanges",
  "federations",
  "operatorpolicies",
  "permissions",
  "policies",
  "queues",
  "schemareplications",
  "shovels",
  "superstreams",
  "topicpermissions",
  "users",
  "vhosts",
];

/** Software whose roles the program writes itself. What charts bring has the roles of its chart. */
export const callers: readonly Caller[] = [
  {
    account: "rabbitmq-cluster-operator",
    needs: [
      ...["configmaps", "persistentvolumeclaims", "secrets", "serviceaccounts", "services"].map((parts) =>
        everywhere(parts, `${read} create update`),
      ),
      everywhere("pods", `${read} update`),
      everywhere("pods/exec", "create"),
      everywhere("apps/statefulsets", `${read} create delete update`),
      everywhere("rabbitmq.com/rabbitmqclusters", `${read} update`),
      everywhere("rabbitmq.com/rabbitmqclusters/finalizers", "update"),
      everywhere("rabbitmq.com/rabbitmqclusters/status", "get update"),
      // What it hands to its servers, it has to have: they look for each other, and say so.
      everywhere("endpoints", read),
      everywhere("discovery.k8s.io/endpointslices", read),
      everywhere("events", "create get patch"),
      ...["rolebindings", "roles"].map((grants) =>
        everywhere(`rbac.authorization.k8s.io/${grants}`, `${read} create delete update`),
      ),
      ...election.needs,
    ],
    listed: [
      everywhere("rabbitmq.com/rabbitmqclusters", "create"),
      everywhere("rabbitmq.com/rabbitmqclusters/status", "patch"),
      ...election.listed,
    ],
    source: "rabbitmq/cluster-operator 2.22.3, config/rbac/role.yaml; client-go, leaderelection",
  },
  {
    account: "rabbitmq-topology-operator",
    needs: [
      everywhere("secrets", `${read} create update`),
      everywhere("services", read),
      everywhere("events.k8s.io/events", "create patch"),
      everywhere("rabbitmq.com/rabbitmqclusters", read),
      ...topology.flatMap((kind) => [
        everywhere(`rabbitmq.com/${kind}`, `${read} update`),
        everywhere(`rabbitmq.com/${kind}/finalizers`, "update"),
        everywhere(`rabbitmq.com/${kind}/status`, "get patch update"),
      ]),
      ...election.needs,
    ],
    listed: [
      everywhere("rabbitmq.com/rabbitmqclusters/status", "get"),
      ...topology.map((kind) => everywhere(`rabbitmq.com/${kind}`, "create delete patch")),
      ...election.listed,
    ],
    source: "rabbitmq/messaging-topology-operator 1.20.1, config/rbac/role.yaml; client-go, leaderelection",
  },
  {
    account: "grafana",
    needs: [everywhere("configmaps", "list watch")],
    listed: [everywhere("configmaps", "get")],
    source: "kiwigrid/k8s-sidecar: with NAMESPACE=ALL it lists and watches ConfigMaps of all namespaces",
  },
  {
    account: "ai-orchestrator-sa",
    needs: [here("configmaps", read), here("secrets", read), here("apps/deployments/scale", "update")],
    source: "000, ai-orchestrator-role: it reads its configuration, and scales the models' Deployments",
  },
];
