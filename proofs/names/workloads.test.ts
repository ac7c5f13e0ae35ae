import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { autoscalersScale } from "./autoscaling";
import { podsHaveRoom } from "./room";
import { filesAreThere } from "./scripts";
import { rolesHaveTokens } from "./tokens";

const namespace = "shop";

interface Options {
  readonly container?: object;
  readonly pod?: object;
  readonly replicas?: number;
}

function deployment({ container, pod, replicas = 1 }: Options = {}): Piece {
  const labels = { app: "cart" };
  return object("cart", "apps/v1", "Deployment", {
    metadata: { name: "cart", namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "cart", image: "cart:1", ...container }], ...pod },
      },
    },
  });
}

describe("autoscalers", () => {
  const scaler = (name: string, type = "Utilization") =>
    object(name, "autoscaling/v2", "HorizontalPodAutoscaler", {
      metadata: { name, namespace },
      spec: {
        scaleTargetRef: { kind: "Deployment", name: "cart" },
        maxReplicas: 3,
        metrics: [{ type: "Resource", resource: { name: "cpu", target: { type, averageUtilization: 70 } } }],
      },
    });
  const faults = (...pieces: readonly Piece[]) => faultsOf(autoscalersScale, evidenceOf(...pieces));
  const asking = deployment({ container: { resources: { requests: { cpu: "1" } } } });

  test.each([
    ["cart", 0],
    ["card", 1],
  ])("go by the container %s", (container, count) => {
    const one = object("one", "autoscaling/v2", "HorizontalPodAutoscaler", {
      metadata: { name: "one", namespace },
      spec: {
        scaleTargetRef: { kind: "Deployment", name: "cart" },
        maxReplicas: 3,
        metrics: [
          {
            type: "ContainerResource",
            containerResource: { name: "cpu", container, target: { type: "Utilization" } },
          },
        ],
      },
    });
    expect(faults(asking, one)).toHaveLength(count);
  });

  test("go by shares of what is requested", () => {
    expect(faults(asking, scaler("one"))).toEqual([]);
    expect(faults(deployment(), scaler("one"))).toEqual([
      expect.stringContaining("the container cart of Deployment cart requests none: it never scales"),
    ]);
    expect(faults(deployment(), scaler("one", "AverageValue"))).toEqual([]);
  });

  test.each([
    [2, 4, 2, undefined],
    [5, 4, 2, "at least 5 pods and at most 4: the API server refuses it"],
    [2, 2, 3, "makes at most 2 pods, and Deployment cart starts with 3"],
    [1, 4, 2, "leaves one pod of Deployment cart"],
    [1, 4, 1, undefined],
  ])("between %d and %d pods, from %d on", (minReplicas, maxReplicas, replicas, rule) => {
    const between = object("scaler", "autoscaling/v2", "HorizontalPodAutoscaler", {
      metadata: { name: "cart", namespace },
      spec: { scaleTargetRef: { kind: "Deployment", name: "cart" }, minReplicas, maxReplicas },
    });
    expect(faults(deployment({ replicas }), between)).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });

  test.each([
    ["Off", 0],
    ["Auto", 1],
    ["Initial", 1],
    [undefined, 1],
  ])("go beside a vertical one of the mode %s", (updateMode, count) => {
    const vertical = object("vertical", "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", {
      metadata: { name: "cart", namespace },
      spec: {
        targetRef: { kind: "Deployment", name: "cart" },
        ...(updateMode && { updatePolicy: { updateMode } }),
      },
    });
    expect(faults(asking, scaler("one"), vertical)).toHaveLength(count);
  });

  test("do nothing where there are no pods", () => {
    const none = deployment({ replicas: 0, container: { resources: { requests: { cpu: "1" } } } });
    expect(faults(none, scaler("one"))).toEqual([expect.stringContaining("has no pods")]);
  });

  test("leave a pod for each place", () => {
    const constraint = {
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      minDomains: 3,
      labelSelector: { matchLabels: { app: "cart" } },
    };
    const spread = deployment({ replicas: 3, pod: { topologySpreadConstraints: [constraint] } });
    const from = (minReplicas: number) =>
      object("scaler", "autoscaling/v2", "HorizontalPodAutoscaler", {
        metadata: { name: "cart", namespace },
        spec: { scaleTargetRef: { kind: "Deployment", name: "cart" }, minReplicas, maxReplicas: 9 },
      });
    expect(faults(spread, from(3))).toEqual([]);
    expect(faults(spread, from(2))).toEqual([expect.stringContaining("which are to be in 3 places")]);
  });

  test("have their workload for themselves", () => {
    expect(faults(asking, scaler("one"), scaler("other"))).toEqual([
      expect.stringContaining("it and other scale the same Deployment cart"),
      expect.stringContaining("it and one scale the same Deployment cart"),
    ]);
  });
});

describe("files of ConfigMaps", () => {
  const map = object("scripts", "v1", "ConfigMap", {
    metadata: { name: "scripts", namespace },
    data: { "backup.sh": "true" },
  });
  const running = (script: string, items?: readonly object[]) =>
    deployment({
      container: {
        command: ["sh", `/scripts/${script}`],
        volumeMounts: [{ name: "s", mountPath: "/scripts" }],
      },
      pod: { volumes: [{ name: "s", configMap: { name: "scripts", ...(items && { items }) } }] },
    });
  const faults = (...pieces: readonly Piece[]) => faultsOf(filesAreThere, evidenceOf(...pieces));

  test("are there when they are run", () => {
    expect(faults(map, running("backup.sh"))).toEqual([]);
    expect(faults(map, running("backups.sh"))).toEqual([
      expect.stringContaining(
        "the container cart is told /scripts/backups.sh, and the ConfigMap scripts has backup.sh",
      ),
    ]);
  });

  test("are not looked for by their names when a volume picks them", () => {
    expect(faults(map, running("other.sh", [{ key: "backup.sh", path: "other.sh" }]))).toEqual([]);
  });
});

test.each([
  [true, true, 0],
  [false, true, 1],
  [false, false, 0],
])(
  "pods with a token: %s, and an account with a role: %s",
  (automountServiceAccountToken, isBound, count) => {
    const account = object("account", "v1", "ServiceAccount", { metadata: { name: "cart", namespace } });
    const binding = object("binding", "rbac.authorization.k8s.io/v1", "RoleBinding", {
      metadata: { name: "cart", namespace },
      roleRef: { kind: "Role", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "cart", namespace }],
    });
    const pods = deployment({ pod: { serviceAccountName: "cart", automountServiceAccountToken } });
    expect(faultsOf(rolesHaveTokens, evidenceOf(account, pods, ...(isBound ? [binding] : [])))).toHaveLength(
      count,
    );
  },
);

describe("a token that pods mount by themselves", () => {
  const account = object("account", "v1", "ServiceAccount", { metadata: { name: "cart", namespace } });
  const binding = object("binding", "rbac.authorization.k8s.io/v1", "RoleBinding", {
    metadata: { name: "cart", namespace },
    roleRef: { kind: "Role", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "cart", namespace }],
  });
  const mounting = (source: object) =>
    deployment({
      pod: {
        serviceAccountName: "cart",
        automountServiceAccountToken: false,
        volumes: [{ name: "token", projected: { sources: [source] } }],
      },
    });
  const none = "have no token to use it with";

  test.each<readonly [string, object, string | undefined]>([
    ["is for the API server", { serviceAccountToken: { path: "token" } }, undefined],
    [
      "is for the API server by its name",
      { serviceAccountToken: { path: "token", audience: "https://kubernetes.default.svc" } },
      undefined,
    ],
    ["is for another", { serviceAccountToken: { path: "token", audience: "vault" } }, none],
    ["is none", { secret: { name: "login" } }, none],
    ["is for ten minutes", { serviceAccountToken: { path: "token", expirationSeconds: 600 } }, undefined],
    ["is for less", { serviceAccountToken: { path: "token", expirationSeconds: 60 } }, "a token of 60 s"],
  ])("%s", (_, source, rule) => {
    expect(faultsOf(rolesHaveTokens, evidenceOf(account, binding, mounting(source)))).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });
});

describe("room", () => {
  const zones = ["a", "b"];
  const cluster: readonly Piece[] = [
    { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} },
    { type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { name: "cluster", version: "1.35" } },
    {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name: "template",
      inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
    },
    ...zones.map((zone) => ({
      type: "aws:ec2/subnet:Subnet",
      name: `subnet-${zone}`,
      inputs: { availabilityZone: zone },
    })),
    {
      type: "aws:eks/nodeGroup:NodeGroup",
      name: "general",
      inputs: {
        clusterName: "cluster",
        instanceTypes: ["m6i.xlarge"],
        labels: { lifecycle: "on-demand" },
        launchTemplate: { id: "template-id" },
        scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
        subnetIds: zones.map((zone) => `subnet-${zone}-id`),
        taints: [],
      },
    },
  ];
  const spread = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: { app: "cart" } } },
        ],
      },
    },
  };
  const asking = (requests: object) => ({ container: { resources: { requests } } });

  test.each<readonly [string, Options, string | undefined]>([
    ["pods that fit", asking({ cpu: "3" }), undefined],
    ["a pod that is larger than any node", asking({ cpu: "5" }), "not enough CPU"],
    ["a card that no node has", asking({ "nvidia.com/gpu": "1" }), "not enough GPUs"],
    ["a pod in each zone", { replicas: 2, pod: spread }, undefined],
    [
      "more pods than zones, each in its own",
      { replicas: 3, pod: spread },
      "each zone with room has one of its kind",
    ],
    [
      "a zone that the pools are not in",
      { pod: { nodeSelector: { "topology.kubernetes.io/zone": "c" } } },
      "no node has the labels",
    ],
    [
      "machines that the pools do not have",
      { pod: { nodeSelector: { "kubernetes.io/arch": "arm64" } } },
      "no node has the labels",
    ],
  ])("%s", (_, options, rule) => {
    expect(faultsOf(podsHaveRoom, evidenceOf(...cluster, deployment(options)))).toEqual(
      rule === undefined ? [] : [expect.stringContaining(rule)],
    );
  });
});
