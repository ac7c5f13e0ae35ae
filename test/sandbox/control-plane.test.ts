import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachePaths } from "../../cli/cache";
import { identify } from "../../cli/process-identity";
import { silentReporter } from "../../cli/reporter";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../../sandbox/cluster";
import { isStatus, KubernetesApi, type KubernetesObject } from "../../sandbox/cluster/api";
import type { Claim, Ingress, Service, Volume } from "../../sandbox/cluster/cloud-controller/objects";
import { ClusterFolder } from "../../sandbox/cluster/folder";
import type { Node } from "../../sandbox/cluster/nodes";
import { isFree } from "../../sandbox/cluster/ports";
import { simulatedClusters } from "../../simulation/clusters";
import { ensureTools, type Tools, toolNames } from "../../toolchain";
import { runFolder } from "./run-folder";

jest.setTimeout(300_000);

interface Workload extends KubernetesObject {
  readonly status?: { readonly readyReplicas?: number; readonly succeeded?: number };
}

interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase?: string;
    readonly initContainerStatuses?: readonly { readonly state: object }[];
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly state: { readonly waiting?: { readonly reason: string; readonly message?: string } };
    }[];
  };
}

const cache = mkdtempSync(join(runFolder(), "control-plane-"));
const identity: ClusterIdentity = { cloud: "aws", name: "control-plane-test" };
const other: ClusterIdentity = { cloud: "local", name: "never-begun" };
let tools: Tools;
let clusters: ClusterManager;
let api: KubernetesApi;

const shape = {
  instanceType: "m6i.xlarge",
  capacity: { cpu: "4", memory: "16Gi", pods: "58" },
  allocatable: { cpu: "3920m", memory: "14Gi", pods: "58" },
};

const pool: NodePoolSpec = {
  name: "general",
  count: 4,
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  region: "us-east-1",
  instanceTypes: [shape],
  labels: { "workload-type": "general" },
  taints: [],
};

const gpuPool: NodePoolSpec = {
  ...pool,
  name: "gpu",
  count: 1,
  instanceTypes: [
    {
      instanceType: "g5.xlarge",
      capacity: { ...shape.capacity, "nvidia.com/gpu": "1" },
      allocatable: { ...shape.allocatable, "nvidia.com/gpu": "1" },
      labels: { "nvidia.com/gpu.product": "NVIDIA-A10G" },
    },
  ],
  taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
};

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = cache;
  tools = await ensureTools(toolNames, silentReporter);
  clusters = simulatedClusters(tools, silentReporter);
  const { endpoint, certificateAuthority, token } = await clusters.start(identity, { version: "1.35" });
  api = new KubernetesApi({
    endpoint,
    authority: Buffer.from(certificateAuthority, "base64").toString(),
    token,
  });
});

afterAll(async () => {
  api?.close();
  await clusters?.remove(identity);
  rmSync(cache, { recursive: true, force: true });
});

/** Asks until the answer is there. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>): Promise<Answer> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`Still not so after two minutes: ${ask}`);
    }
    await sleep(100);
  }
}

async function nodes(poolName: string): Promise<readonly Node[]> {
  const { items } = await api.list<Node>("/api/v1/nodes");
  return items.filter(({ metadata }) => metadata.name.startsWith(`${poolName}-`));
}

function recordedPids(): Readonly<Record<string, number>> {
  const folder = new ClusterFolder(identity).path("processes");
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(folder, file), "utf8")).pid,
    ]),
  );
}

async function kill(...names: readonly string[]): Promise<void> {
  for (const [name, pid] of Object.entries(recordedPids())) {
    if (names.includes(name)) {
      process.kill(pid, "SIGKILL");
      await eventually(async () => identify(pid) === undefined);
    }
  }
}

function recordsOf(kind: string): readonly string[] {
  const folder = join(cachePaths.clouds(), "aws", "made-by-clusters", "aws-control-plane-test", kind);
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** What the cloud still has of the cluster's, with what could keep it there: objects, and processes that are gone. */
async function leftInTheCloud(): Promise<readonly string[]> {
  const records = [...recordsOf("volumes"), ...recordsOf("load-balancers")];
  if (records.length === 0) {
    return [];
  }
  const lists = await Promise.all(
    [
      "namespaces/default/pods",
      "namespaces/default/persistentvolumeclaims",
      "persistentvolumes",
      "namespaces/default/services",
    ].map((path) => api.list<KubernetesObject>(`/api/v1/${path}`)),
  );
  const objects = lists.flatMap(({ items }) => items);
  const gone = Object.entries(recordedPids()).filter(([, pid]) => identify(pid) === undefined);
  return [
    ...records,
    ...objects.map(({ kind, metadata, ...rest }) =>
      JSON.stringify({ kind, ...metadata, ...rest }).slice(0, 600),
    ),
    ...gone.map(([name]) => `${name} does not run any more`),
  ];
}

const template = (labels: Record<string, string>, spec: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: "main", image: "registry.k8s.io/pause:3.10", ...spec }] },
});

test("refuses a Kubernetes version that its API server cannot serve", async () => {
  await expect(clusters.start(other, { version: "1.29" })).rejects.toThrow(
    'The sandbox cannot serve Kubernetes "1.29": its API server is 1.35.4 and serves 1.32, 1.33, 1.34, 1.35.',
  );
  expect(await clusters.find(other)).toBeUndefined();
});

test("starting it again answers with the one that runs", async () => {
  const before = recordedPids();
  const again = await clusters.start(identity, { version: "1.35" });
  expect(again).toEqual(await clusters.find(identity));
  expect(recordedPids()).toEqual(before);
  expect(await clusters.list()).toEqual([identity]);
});

test("nodes are Ready with zones, labels, taints and what their instance type offers", async () => {
  await clusters.applyNodePool(identity, pool);
  await clusters.applyNodePool(identity, gpuPool);
  const general = await nodes("general");
  expect(general.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]).sort()).toEqual([
    "us-east-1a",
    "us-east-1a",
    "us-east-1b",
    "us-east-1c",
  ]);
  const [gpu] = await nodes("gpu");
  expect(gpu?.metadata.labels).toMatchObject({
    "node.kubernetes.io/instance-type": "g5.xlarge",
    "nvidia.com/gpu.product": "NVIDIA-A10G",
    "topology.kubernetes.io/region": "us-east-1",
  });
  expect(gpu?.spec?.taints).toEqual(gpuPool.taints);
  expect(gpu?.status?.allocatable).toMatchObject({ cpu: "3920m", "nvidia.com/gpu": "1" });
  expect(gpu?.status?.conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "True" }));
});

test("workloads run, claims are bound in their pod's zone, jobs end, Services and Ingresses get addresses", async () => {
  const namespace = "/apis/apps/v1/namespaces/default";
  await api.create("/apis/storage.k8s.io/v1/storageclasses", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "standard" },
    provisioner: "ebs.csi.aws.com",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  await api.create(`${namespace}/deployments`, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 3, selector: { matchLabels: { app: "web" } }, template: template({ app: "web" }) },
  });
  await api.create(`${namespace}/statefulsets`, {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "store" },
    spec: {
      replicas: 2,
      serviceName: "store",
      selector: { matchLabels: { app: "store" } },
      template: {
        ...template({ app: "store" }),
        spec: {
          initContainers: [{ name: "prepare", image: "registry.k8s.io/pause:3.10" }],
          containers: [
            {
              name: "main",
              image: "registry.k8s.io/pause:3.10",
              volumeMounts: [{ name: "data", mountPath: "/data" }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: {
            storageClassName: "standard",
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "5Gi" } },
          },
        },
      ],
    },
  });
  await api.create("/apis/batch/v1/namespaces/default/jobs", {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "once" },
    spec: {
      template: {
        spec: { restartPolicy: "Never", containers: [{ name: "main", image: "registry.k8s.io/pause:3.10" }] },
      },
    },
  });
  await api.create("/api/v1/namespaces/default/services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", labels: { "app.kubernetes.io/instance": "gate" } },
    spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  await api.create("/apis/networking.k8s.io/v1/ingressclasses", {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "gate", labels: { "app.kubernetes.io/instance": "gate" } },
    spec: { controller: "example.com/gate" },
  });
  await api.create("/apis/networking.k8s.io/v1/namespaces/default/ingresses", {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web" },
    spec: {
      ingressClassName: "gate",
      defaultBackend: { service: { name: "web", port: { number: 80 } } },
    },
  });

  const ready = async (path: string, replicas: number) =>
    eventually(async () => (await api.get<Workload>(path)).status?.readyReplicas === replicas);
  await ready(`${namespace}/deployments/web`, 3);
  await ready(`${namespace}/statefulsets/store`, 2);
  await eventually(
    async () =>
      (await api.get<Workload>("/apis/batch/v1/namespaces/default/jobs/once")).status?.succeeded === 1,
  );

  const pod = await api.get<Pod>("/api/v1/namespaces/default/pods/store-0");
  expect(pod.status.initContainerStatuses).toMatchObject([{ state: { terminated: { exitCode: 0 } } }]);
  const node = await api.get<Node>(`/api/v1/nodes/${pod.spec.nodeName}`);
  const { items: volumes } = await api.list<Volume>("/api/v1/persistentvolumes");
  const volume = volumes.find(({ spec }) => spec.claimRef?.name === "data-store-0");
  expect(volume?.spec).toMatchObject({
    capacity: { storage: "5Gi" },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ values: [node.metadata.labels?.["topology.kubernetes.io/zone"]] }] },
        ],
      },
    },
  });
  expect(recordsOf("volumes")).toHaveLength(2);

  const hostname = await eventually(
    async () =>
      (await api.get<Service>("/api/v1/namespaces/default/services/web")).status?.loadBalancer?.ingress?.[0]
        ?.hostname,
  );
  expect(hostname).toMatch(/^k8s-default-web-[0-9a-f-]+\.elb\.us-east-1\.amazonaws\.com$/);
  expect(recordsOf("load-balancers")).toHaveLength(1);
  const ingress = "/apis/networking.k8s.io/v1/namespaces/default/ingresses/web";
  await eventually(
    async () => (await api.get<Ingress>(ingress)).status?.loadBalancer?.ingress?.[0]?.hostname === hostname,
  );
});

test("files that pods on several nodes mount are theirs in every zone, and go with their claim", async () => {
  const claims = "/api/v1/namespaces/default/persistentvolumeclaims";
  await api.create("/apis/storage.k8s.io/v1/storageclasses", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "shared" },
    provisioner: "efs.csi.aws.com",
    parameters: { provisioningMode: "efs-ap", fileSystemId: "fs-0a", directoryPerms: "770" },
  });
  await api.create(claims, {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "models" },
    spec: {
      storageClassName: "shared",
      accessModes: ["ReadWriteMany"],
      resources: { requests: { storage: "50Gi" } },
    },
  });
  const bound = await eventually(async () => {
    const { status, spec } = await api.get<Claim>(`${claims}/models`);
    return status?.phase === "Bound" && spec.volumeName;
  });
  const { spec } = await api.get<Volume>(`/api/v1/persistentvolumes/${bound}`);
  expect(spec).toMatchObject({
    accessModes: ["ReadWriteMany"],
    capacity: { storage: "50Gi" },
    csi: { driver: "efs.csi.aws.com", volumeHandle: expect.stringMatching(/^fs-0a::fsap-0/) },
  });
  expect(spec).not.toHaveProperty("nodeAffinity");
  const record = `${spec.csi?.volumeHandle}.json`;
  expect(recordsOf("volumes")).toContain(record);
  await api.delete(`${claims}/models`);
  await eventually(async () => !recordsOf("volumes").includes(record));
});

describe("a pod with a claim of its own", () => {
  const pods = "/api/v1/namespaces/default/pods";
  const claims = "/api/v1/namespaces/default/persistentvolumeclaims";
  const { spec } = template({});
  const withScratch = {
    ...spec,
    volumes: [
      {
        name: "scratch",
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              storageClassName: "standard",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        },
      },
    ],
  };

  const isThere = async (path: string, prefix: string) =>
    (await api.list<KubernetesObject>(path)).items.some(({ metadata }) => metadata.name.startsWith(prefix));

  test("goes with it, whole, when its Deployment waits for both", async () => {
    const deployments = "/apis/apps/v1/namespaces/default/deployments";
    const labels = { app: "cache" };
    await api.create(deployments, {
      metadata: { name: "cache" },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: withScratch } },
    });
    await eventually(
      async () => (await api.get<Workload>(`${deployments}/cache`)).status?.readyReplicas === 1,
    );
    await api.delete(`${deployments}/cache`, { propagationPolicy: "Foreground" });
    await eventually(async () => !(await isThere(pods, "cache-")) && !(await isThere(claims, "cache-")));
  });

  test("lets go of it when it has ended, even if the claim was to go first and the pod stays", async () => {
    const pod = `${pods}/stays`;
    const phase = async () => (await api.get<Pod>(pod)).status.phase;
    await api.create(pods, {
      metadata: { name: "stays", finalizers: ["example.com/stays"] },
      spec: withScratch,
    });
    await eventually(async () => (await phase()) === "Running");
    await api.delete(`${claims}/stays-scratch`);
    await api.delete(pod);
    await eventually(async () => !(await isThere(claims, "stays-scratch")));
    expect(await phase()).toBe("Failed");
    await api.patch(pod, { metadata: { finalizers: null } });
    await eventually(async () => !(await isThere(pods, "stays")));
  });
});

test("a claim that no disk can satisfy is refused with the reason", async () => {
  await api.create("/apis/storage.k8s.io/v1/storageclasses", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "immediate" },
    provisioner: "ebs.csi.aws.com",
  });
  await api.create("/api/v1/namespaces/default/persistentvolumeclaims", {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "shared" },
    spec: {
      storageClassName: "immediate",
      accessModes: ["ReadWriteMany"],
      resources: { requests: { storage: "1Gi" } },
    },
  });
  const event = await eventually(async () => {
    const { items } = await api.list<
      KubernetesObject & { readonly reason: string; readonly message: string }
    >("/api/v1/namespaces/default/events");
    return items.find(({ reason }) => reason === "ProvisioningFailed");
  });
  expect(event.message).toContain("cannot give a volume the access mode ReadWriteMany");
});

describe("a pod that names what is not there", () => {
  const image = "registry.k8s.io/pause:3.10";
  const pods = "/api/v1/namespaces/default/pods";

  async function start(name: string, spec: object, labels: object = {}): Promise<void> {
    await api.create(pods, { apiVersion: "v1", kind: "Pod", metadata: { name, labels }, spec });
  }

  const waits = (name: string) =>
    eventually(
      async () => (await api.get<Pod>(`${pods}/${name}`)).status.containerStatuses?.[0]?.state.waiting,
    );

  const runs = (name: string) =>
    eventually(async () => (await api.get<Pod>(`${pods}/${name}`)).status.containerStatuses?.[0]?.ready);

  async function eventsOf(name: string): Promise<readonly string[]> {
    const { items } = await api.list<
      KubernetesObject & { readonly involvedObject: { readonly name: string }; readonly message: string }
    >("/api/v1/namespaces/default/events");
    return items.filter(({ involvedObject }) => involvedObject.name === name).map(({ message }) => message);
  }

  test("waits for the Secret of its environment and then for the key, says so, and starts with it", async () => {
    await start("environment", {
      containers: [
        {
          name: "main",
          image,
          env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "late", key: "password" } } }],
        },
      ],
    });
    expect(await waits("environment")).toEqual({
      reason: "CreateContainerConfigError",
      message: 'secret "late" not found',
    });
    await api.create("/api/v1/namespaces/default/secrets", { metadata: { name: "late" } });
    await eventually(
      async () =>
        (await waits("environment")).message === "couldn't find key password in Secret default/late",
    );
    await api.patch("/api/v1/namespaces/default/secrets/late", { stringData: { password: "x" } });
    await runs("environment");
  });

  test("waits for the ConfigMap of its volume, says so in an event, and starts with it", async () => {
    await start("volume", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "files", configMap: { name: "late" } }],
    });
    expect(await waits("volume")).toEqual({ reason: "ContainerCreating" });
    await eventually(async () =>
      (await eventsOf("volume")).includes(
        'MountVolume.SetUp failed for volume "files" : configmap "late" not found',
      ),
    );
    await api.create("/api/v1/namespaces/default/configmaps", { metadata: { name: "late" } });
    await runs("volume");
  });

  test("does not wait for what is optional", async () => {
    await start("optional", {
      containers: [{ name: "main", image, envFrom: [{ secretRef: { name: "never", optional: true } }] }],
      volumes: [
        { name: "files", projected: { sources: [{ configMap: { name: "never", optional: true } }] } },
      ],
    });
    await runs("optional");
  });

  test("waits for a Secret until its operator makes it, which goes with its custom resource", async () => {
    await start("client", {
      containers: [
        {
          name: "main",
          image,
          env: [{ name: "CERTIFICATE", valueFrom: { secretKeyRef: { name: "web-tls", key: "tls.crt" } } }],
        },
      ],
    });
    expect(await waits("client")).toEqual({
      reason: "CreateContainerConfigError",
      message: expect.anything(),
    });
    await api.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "certificates.cert-manager.io" },
      spec: {
        group: "cert-manager.io",
        scope: "Namespaced",
        names: {
          plural: "certificates",
          singular: "certificate",
          kind: "Certificate",
          listKind: "CertificateList",
        },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
    await eventually(async () => {
      try {
        return await api.create("/apis/cert-manager.io/v1/namespaces/default/certificates", {
          apiVersion: "cert-manager.io/v1",
          kind: "Certificate",
          metadata: { name: "web" },
          spec: {
            secretName: "web-tls",
            dnsNames: ["web.example.com"],
            issuerRef: { name: "own", kind: "Issuer" },
          },
        });
      } catch (error) {
        return !isStatus(error, 404) && Promise.reject(error);
      }
    });
    await runs("client");
    const secret = await api.get<KubernetesObject>("/api/v1/namespaces/default/secrets/web-tls");
    expect(secret.metadata.labels).toMatchObject({ "sandbox.ai-platform/stood-in": "operator" });
    await api.delete("/apis/cert-manager.io/v1/namespaces/default/certificates/web");
    await eventually(async () => {
      const { items } = await api.list<KubernetesObject>("/api/v1/namespaces/default/secrets");
      return items.every(({ metadata }) => metadata.name !== "web-tls");
    });
  });

  test("waits for the mesh's certificate until the mesh's control plane, which makes it, runs", async () => {
    await start("proxy", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "authority", configMap: { name: "istio-ca-root-cert" } }],
    });
    expect(await waits("proxy")).toEqual({ reason: "ContainerCreating" });
    await start("mesh", { containers: [{ name: "main", image }] }, { app: "istiod" });
    await runs("proxy");
  });

  test("does not wait for the Secret that a job of the chart makes", async () => {
    await start("webhook", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "certificate", secret: { secretName: "webhook-certificate" } }],
    });
    await start("generate", {
      containers: [{ name: "main", image, args: ["create", "--secret-name=webhook-certificate"] }],
    });
    await runs("webhook");
  });
});

test("a smaller pool loses its last nodes, and their pods find others", async () => {
  await clusters.applyNodePool(identity, { ...pool, count: 3, labels: { "workload-type": "changed" } });
  const left = await nodes("general");
  expect(left.map(({ metadata }) => metadata.name)).toEqual([
    "general-us-east-1a-1",
    "general-us-east-1b-1",
    "general-us-east-1c-1",
  ]);
  expect(left.map(({ metadata }) => metadata.labels?.["workload-type"])).toEqual([
    "changed",
    "changed",
    "changed",
  ]);
  await eventually(
    async () =>
      (await api.get<Workload>("/apis/apps/v1/namespaces/default/deployments/web")).status?.readyReplicas ===
      3,
  );
});

const clients = ["kube-controller-manager", "kube-scheduler", "kwok", "cloud-controller"];
const components = ["etcd", "kube-apiserver", ...clients];

test.each([
  { killed: ["etcd"], afresh: ["etcd", ...clients] },
  { killed: ["kube-apiserver"], afresh: ["kube-apiserver", ...clients] },
  { killed: ["kwok", "cloud-controller"], afresh: ["kwok", "cloud-controller"] },
  { killed: components, afresh: components },
])("is whole again after kill -9 of $killed, with $afresh started afresh", async ({ killed, afresh }) => {
  const marker = `marker-${killed.join("-")}`;
  await api.create("/api/v1/namespaces/default/configmaps", { metadata: { name: marker } });
  const before = await clusters.find(identity);
  const pidsBefore = recordedPids();
  await kill(...killed);

  expect(await clusters.ensureRunning(identity)).toEqual(before);

  const pids = recordedPids();
  expect(Object.keys(pids).sort()).toEqual([...components].sort());
  expect(Object.values(pids).every((pid) => identify(pid) !== undefined)).toBe(true);
  expect(components.filter((name) => pids[name] !== pidsBefore[name])).toEqual(afresh);
  await api.get(`/api/v1/namespaces/default/configmaps/${marker}`);
  await clusters.applyNodePool(identity, { ...pool, count: 3 });
});

test("a process that dies while nodes are waited for is named, with the end of its log", async () => {
  const doomed = { ...pool, name: "doomed", count: 3 };
  process.kill(recordedPids().kwok ?? 0, "SIGSTOP");
  const outcome = clusters.applyNodePool(identity, doomed).then(
    () => "all Ready",
    (error: Error) => error.message,
  );
  await eventually(async () => (await nodes("doomed")).length === 3);
  await kill("kwok");
  expect(await outcome).toContain(
    "kwok of cluster aws-control-plane-test is not running any more. Last lines of ",
  );
  await clusters.applyNodePool(identity, doomed);
  await clusters.removeNodePool(identity, "doomed");
  expect(await nodes("doomed")).toEqual([]);
});

test("a kept port that somebody else took is named, with who took it and what to do", async () => {
  const record = await new ClusterFolder(identity).record();
  const port = record?.ports.api ?? 0;
  await kill("kube-apiserver");
  const thief = createServer((connection) => connection.destroy());
  await eventually(async () => isFree(port));
  await new Promise<void>((resolve) => thief.listen(port, "127.0.0.1", resolve));
  try {
    await expect(clusters.ensureRunning(identity)).rejects.toThrow(
      `Port ${port} on 127.0.0.1, which kube-apiserver of cluster aws-control-plane-test keeps, is taken by process ${process.pid}`,
    );
  } finally {
    await new Promise((resolve) => thief.close(resolve));
  }
  await clusters.ensureRunning(identity);
});

test("deleted claims and Services leave nothing in the cloud", async () => {
  await api.delete("/apis/apps/v1/namespaces/default/statefulsets/store");
  for (const name of ["data-store-0", "data-store-1"]) {
    await api.delete(`/api/v1/namespaces/default/persistentvolumeclaims/${name}`);
  }
  await api.delete("/api/v1/namespaces/default/services/web");
  // The controllers still ask less and less often for the API server that the test before took away from them.
  const deadline = performance.now() + 240_000;
  while ((await leftInTheCloud()).length > 0 && performance.now() < deadline) {
    await sleep(100);
  }
  expect(await leftInTheCloud()).toEqual([]);
  await eventually(async () => {
    try {
      await api.get("/api/v1/namespaces/default/services/web");
      return false;
    } catch (error) {
      return isStatus(error, 404);
    }
  });
});

test("removing it leaves no process, no port and no folder, also the second time", async () => {
  const pids = Object.values(recordedPids());
  const record = await new ClusterFolder(identity).record();
  await clusters.remove(identity);
  await clusters.remove(identity);
  expect(pids.filter((pid) => identify(pid) !== undefined)).toEqual([]);
  expect(await Promise.all(Object.values(record?.ports ?? {}).map(isFree))).toEqual([true, true, true]);
  expect(existsSync(new ClusterFolder(identity).root)).toBe(false);
  expect(await clusters.find(identity)).toBeUndefined();
  expect(await clusters.list()).toEqual([]);
  await expect(clusters.ensureRunning(identity)).rejects.toThrow(
    "There is no cluster aws-control-plane-test",
  );
});

describe("a start that is killed half-way", () => {
  const interrupted: ClusterIdentity = { cloud: "linode", name: "interrupted" };

  /** Starts the cluster from a process of its own, and kills that. */
  async function killStartAfter(milliseconds: number): Promise<void> {
    const script = `
      const silent = { step() {}, detail() {}, warn() {} };
      require("./simulation/clusters").simulatedClusters(${JSON.stringify(tools)}, silent)
        .start(${JSON.stringify(interrupted)}, { version: "1.35" });`;
    const child = spawn(
      process.execPath,
      ["--require", join(__dirname, "../../cli/typescript.js"), "-e", script],
      {
        cwd: join(__dirname, "..", ".."),
        env: { ...process.env },
        stdio: "ignore",
      },
    );
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await eventually(async () => existsSync(new ClusterFolder(interrupted).path("cluster.json")));
    await sleep(milliseconds);
    child.kill("SIGKILL");
    await ended;
  }

  function processesOfCluster(): readonly string[] {
    const root = new ClusterFolder(interrupted).root;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(root);
        } catch {
          return false;
        }
      });
  }

  test.each([0, 20, 100, 400, 1500])("after %d ms: the next start continues from there", async (moment) => {
    await killStartAfter(moment);
    await clusters.start(interrupted, { version: "1.35" });
    await clusters.applyNodePool(interrupted, { ...pool, zones: [], region: "fr-par" });
    expect(processesOfCluster()).toHaveLength(components.length);
    await clusters.remove(interrupted);
    expect(processesOfCluster()).toEqual([]);
  });

  test.each([0, 50, 300])("after %d ms: removing it leaves nothing", async (moment) => {
    await killStartAfter(moment);
    await clusters.remove(interrupted);
    expect(processesOfCluster()).toEqual([]);
    expect(existsSync(new ClusterFolder(interrupted).root)).toBe(false);
  });
});
