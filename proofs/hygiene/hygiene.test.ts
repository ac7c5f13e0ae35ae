import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { hygiene } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(hygiene, evidenceOf(...pieces));

const disk = { requests: { "ephemeral-storage": "128Mi" }, limits: { "ephemeral-storage": "1Gi" } };

/** The recovery jobs as they stood: two jobs, one account, nothing said of the node's disk or of drained nodes. */
const recorded = {
  spec: {
    backoffLimit: 2,
    activeDeadlineSeconds: 3600,
    template: { spec: { restartPolicy: "Never", automountServiceAccountToken: false } },
  },
};
const safe = {
  spec: {
    backoffLimit: 2,
    activeDeadlineSeconds: 3600,
    podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] }] },
    template: {
      metadata: { annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } },
      spec: { restartPolicy: "Never", automountServiceAccountToken: false },
    },
  },
};

interface JobOptions {
  readonly account?: string;
  readonly spec?: { readonly [field: string]: unknown };
  readonly template?: { readonly [field: string]: unknown };
  readonly pod?: { readonly [field: string]: unknown };
}

function cronJob(name: string, base: typeof safe | typeof recorded, options: JobOptions = {}): Piece {
  const { account = name, spec, template, pod } = options;
  const ours = base.spec.template;
  return object(name, "batch/v1", "CronJob", {
    metadata: { name, namespace: "atlas" },
    spec: {
      schedule: "0 2 * * *",
      jobTemplate: {
        spec: {
          ...base.spec,
          ...spec,
          template: {
            ...ours,
            ...template,
            spec: {
              ...ours.spec,
              serviceAccountName: account,
              containers: [{ name: "script", image: "script:1", resources: disk }],
              ...pod,
            },
          },
        },
      },
    },
  });
}

describe("jobs", () => {
  test("have accounts of their own, and do not die of their nodes", () => {
    const shared = { account: "ai-backup" };
    const as = (name: string, rule: string) => expect.stringMatching(`CronJob atlas/${name}: .*${rule}`);
    expect(
      faults(cronJob("backup-vectors", recorded, shared), cronJob("backup-cache", recorded, shared)),
    ).toEqual([
      as("backup-vectors", "it shares the account ai-backup with backup-cache"),
      as("backup-cache", "it shares the account ai-backup with backup-vectors"),
      as("backup-vectors", "the autoscaler takes its node away while it runs"),
      as("backup-vectors", "a pod that its node took along counts as a failed attempt"),
      as("backup-cache", "the autoscaler takes its node away while it runs"),
      as("backup-cache", "a pod that its node took along counts as a failed attempt"),
    ]);
    expect(faults(cronJob("backup-vectors", safe), cronJob("backup-cache", safe))).toEqual([]);
  });

  test.each<readonly [string, JobOptions, string]>([
    ["are restarted in place", { pod: { restartPolicy: "OnFailure" } }, "counts as a failed attempt"],
    ["fail for good at once", { spec: { backoffLimit: 0 } }, "it is tried again 0 times"],
    ["are tried for ever", { spec: { backoffLimit: 100 } }, "it is tried again 100 times"],
    [
      "fail at once when their node goes",
      {
        spec: {
          podFailurePolicy: {
            rules: [{ action: "FailJob", onPodConditions: [{ type: "DisruptionTarget" }] }],
          },
        },
      },
      "counts as a failed attempt",
    ],
    [
      "may be moved",
      {
        template: { metadata: { annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "true" } } },
      },
      "the autoscaler takes its node away",
    ],
    ["have a token without a role", { pod: { automountServiceAccountToken: true } }, "get a token of backup"],
    ["run under their namespace's account", { account: "default" }, "under the account of the namespace"],
  ])("that %s are named", (_, options, rule) => {
    expect(faults(cronJob("backup", safe, options))).toEqual([expect.stringContaining(rule)]);
  });

  test("that are declared stay when they have ended", () => {
    const job = (spec: object) =>
      object("setup", "batch/v1", "Job", { metadata: { name: "setup", namespace: "atlas" }, spec });
    const removed = expect.stringContaining("it is removed 60 s after its end");
    expect(faults(job({ ttlSecondsAfterFinished: 60 }))).toContainEqual(removed);
    expect(faults(job({}))).not.toContainEqual(removed);
  });

  test("with a role have a token", () => {
    const binding = object("binding", "rbac.authorization.k8s.io/v1", "RoleBinding", {
      metadata: { name: "backup", namespace: "atlas" },
      roleRef: { kind: "Role", name: "backup" },
      subjects: [{ kind: "ServiceAccount", name: "backup", namespace: "atlas" }],
    });
    expect(faults(binding, cronJob("backup", safe, { pod: { automountServiceAccountToken: true } }))).toEqual(
      [],
    );
  });
});

interface PodOptions {
  readonly resources?: object;
  readonly container?: object;
  readonly volumes?: readonly object[];
  readonly replicas?: number;
  readonly spec?: object;
}

function deployment({ resources = disk, container, volumes = [], replicas = 1, spec }: PodOptions): Piece {
  return object("api", "apps/v1", "Deployment", {
    metadata: { name: "api", namespace: "atlas" },
    spec: {
      replicas,
      selector: { matchLabels: { app: "api" } },
      template: {
        metadata: { labels: { app: "api" } },
        spec: { containers: [{ name: "api", image: "api:1", resources, ...container }], volumes, ...spec },
      },
    },
  });
}

describe("disks of nodes", () => {
  const cpu = { requests: { cpu: "1" }, limits: { cpu: "1" } };
  const range = object("limits", "v1", "LimitRange", {
    metadata: { name: "environment", namespace: "atlas" },
    spec: {
      limits: [
        {
          type: "Container",
          default: { "ephemeral-storage": "1Gi" },
          defaultRequest: { "ephemeral-storage": "128Mi" },
        },
      ],
    },
  });
  const nothingSaid = "Deployment atlas/api: its container api has no ephemeral-storage among its";

  test("are asked for and limited by every container", () => {
    expect(faults(deployment({ resources: cpu }))).toEqual([
      expect.stringContaining(`${nothingSaid} requests and limits`),
    ]);
    expect(faults(deployment({ resources: { ...cpu, requests: disk.requests } }))).toEqual([
      expect.stringContaining(`${nothingSaid} limits`),
    ]);
    expect(faults(deployment({}))).toEqual([]);
  });

  test("are asked for by init containers too", () => {
    const initContainers = [{ name: "prepare", image: "prepare:1", resources: cpu }];
    expect(faults(deployment({ spec: { initContainers } }))).toEqual([
      expect.stringContaining("its container prepare has no ephemeral-storage"),
    ]);
  });

  test("are not left to the namespace by the program itself", () => {
    expect(faults(range, deployment({ resources: cpu }))).toHaveLength(1);
  });

  test("have room for the pod's scratch volumes", () => {
    const volumes = [{ name: "scratch", emptyDir: { sizeLimit: "30Gi" } }];
    expect(faults(deployment({ volumes }))).toEqual([
      expect.stringContaining("its emptyDirs may hold 30720Mi, and its containers' limits allow 1024Mi"),
    ]);
    const roomy = { requests: disk.requests, limits: { "ephemeral-storage": "31Gi" } };
    expect(faults(deployment({ volumes, resources: roomy }))).toEqual([]);
    const memory = [{ name: "scratch", emptyDir: { sizeLimit: "30Gi", medium: "Memory" } }];
    expect(faults(deployment({ volumes: memory }))).toEqual([]);
  });
});

test("replicas are spread", () => {
  const spread = {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { app: "api" } },
      },
    ],
  };
  expect(faults(deployment({ replicas: 2 }))).toEqual([
    expect.stringContaining("nothing keeps its 2 pods from one node"),
  ]);
  expect(faults(deployment({ replicas: 2, spec: spread }))).toEqual([]);
});

test.each([
  // As the services with one endpoint stood.
  ["/health", { periodSeconds: 10 }, { periodSeconds: 5 }, 0],
  ["/health", { periodSeconds: 10 }, { periodSeconds: 10 }, 1],
  ["/health", { periodSeconds: 10, failureThreshold: 6 }, { periodSeconds: 5 }, 0],
  ["/health", { periodSeconds: 5, failureThreshold: 5 }, { periodSeconds: 5, failureThreshold: 3 }, 1],
  ["/ready", { periodSeconds: 5 }, { periodSeconds: 5 }, 0],
])("liveness that asks what readiness asks at %s, with %j and %j", (path, liveness, readiness, count) => {
  const container = {
    livenessProbe: { httpGet: { path: "/health", port: 80 }, ...liveness },
    readinessProbe: { httpGet: { path, port: 80 }, ...readiness },
  };
  expect(faults(deployment({ container }))).toHaveLength(count);
});

test.each([
  ["docker.io/library/redis:8.2", 1],
  [`docker.io/library/redis:8.2@sha256:${"0".repeat(64)}`, 0],
  // What systems build is named by their deliveries.
  ["registry.example.com/aiaas/api-router:v1.0.0", 0],
])("the image %s", (image, count) => {
  const found = faults(deployment({ container: { image } }));
  expect(found).toEqual(
    Array.from(
      { length: count },
      () => `${image}: the image has no digest: what its tag names can be exchanged`,
    ),
  );
});

test.each([
  [10, 60, 0],
  [60, 60, 1],
  [90, undefined, 1],
  [undefined, undefined, 0],
])("a pause of %s s before the end, and %s s until it is killed", (seconds, grace, count) => {
  const container = seconds === undefined ? {} : { lifecycle: { preStop: { sleep: { seconds } } } };
  const spec = grace === undefined ? {} : { terminationGracePeriodSeconds: grace };
  expect(
    faults(deployment({ container, spec })).filter((fault) => fault.includes("are cut off")),
  ).toHaveLength(count);
});

test("a pause by a command counts, too", () => {
  const command = (text: string) => ({ lifecycle: { preStop: { exec: { command: ["sh", "-c", text] } } } });
  const cut = (container: object) =>
    faults(deployment({ container })).filter((fault) => fault.includes("are cut off"));
  expect(cut(command("sleep 10 && nginx -s quit"))).toEqual([]);
  expect(cut(command("sleep 90"))).toHaveLength(1);
});

test("a release that is not in the chart lock is named, with the command that locks it", () => {
  const release: Piece = {
    type: "kubernetes:helm.sh/v3:Release",
    name: "aws-platform-metrics-release",
    inputs: {
      name: "metrics-server",
      namespace: "platform-system",
      chart: "metrics-server",
      version: "3.13.1",
    },
    options: { provider: "pulumi:providers:kubernetes::aws-kubernetes" },
  };
  expect(faults(release)).toEqual([
    "aws: release metrics-server: it is not in the chart lock, so what it makes is unknown to every other proof",
  ]);
});

test.each([
  ["/live", []],
  ["/ready", ["liveness asks /ready"]],
  ["/v2/health/ready", ["liveness asks /v2/health/ready"]],
])("a liveness check of %s", (path, expected) => {
  const probe = (of: string) => ({ httpGet: { path: of, port: 80 } });
  const container = {
    livenessProbe: { ...probe(path), failureThreshold: 9 },
    readinessProbe: probe("/ready"),
  };
  expect(faults(deployment({ container }))).toEqual(expected.map((rule) => expect.stringContaining(rule)));
});
