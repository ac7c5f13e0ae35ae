import type { KubernetesObject } from "../../../sandbox/api-server/object";
import type { Claim, Volume } from "../../../sandbox/cluster/cloud-controller/objects";
import { api, eventually, type Pod, recordsOf, template, type Workload } from "./cluster";

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
