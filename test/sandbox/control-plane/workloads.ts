import type { ClusterIdentity, NodePoolSpec } from "../../../sandbox/cluster";
import type { Ingress, Service, Volume } from "../../../sandbox/cluster/cloud-controller/objects";
import type { Node } from "../../../sandbox/cluster/nodes";
import {
  api,
  clusters,
  eventually,
  identity,
  nodes,
  type Pod,
  pool,
  recordedPids,
  recordsOf,
  shape,
  template,
  type Workload,
} from "./cluster";

const other: ClusterIdentity = { cloud: "local", name: "never-begun" };

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
