import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { placed } from "../../test/support/systems";
import { awsCloud } from "../aws/cloud";
import { linodeCloud } from "../linode/cloud";
import type { Cluster } from "./cluster";
import { ClusterFoundation, type ClusterFoundationArgs } from "./foundation";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly metadata?: { readonly name: string; readonly namespace?: string } } & Readonly<
    Record<string, unknown>
  >;
}

/** The objects that a foundation makes, and the names of its namespaces. */
async function build(cluster: Partial<Cluster>, args: Partial<ClusterFoundationArgs> = {}) {
  const objects: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        if (type.startsWith("kubernetes:")) objects.push({ type, name, inputs });
        return { id: name, state: inputs };
      },
    },
    "ai-platform",
    "test",
  );
  const foundation = new ClusterFoundation("aws-foundation", {
    cluster: {
      name: "aws",
      cloud: awsCloud,
      displayName: "atlas-test",
      provider: new Provider("provider", { context: "c" }),
      pools: [],
      zones: [],
      storage: { provisioner: "ebs.csi.aws.com", fast: { type: "io2" }, standard: { type: "gp3" } },
      addresses: { apiServer: { targets: [], ports: [443], sources: [] }, nodes: [], cloudServices: [] },
      buckets: {},
      owned: true,
      ...cluster,
    },
    environment: "production",
    systems: placed({ atlas: { cluster: "aws" } }),
    without: [],
    protectData: true,
    ...args,
  });
  await pulumi.runtime.disconnect();
  const ofKind = (kind: string) => objects.filter(({ type }) => type.endsWith(`:${kind}`));
  return { objects, ofKind, namespaces: foundation.namespaces };
}

const namesOf = (objects: readonly Registered[]) => objects.map(({ inputs }) => inputs.metadata?.name).sort();

const byName = (objects: readonly Registered[]) =>
  objects
    .map(({ inputs }) => inputs)
    .sort((left, right) => ((left.metadata?.name ?? "") < (right.metadata?.name ?? "") ? -1 : 1));

test("where the driver takes snapshots there is a class for them, which backups find and which outlive their objects (C9)", async () => {
  const storage = { provisioner: "ebs.csi.aws.com", fast: {}, standard: {} };
  const withSnapshots = await build({ storage: { ...storage, snapshots: {} } });
  expect(withSnapshots.ofKind("VolumeSnapshotClass").map(({ inputs }) => inputs)).toMatchObject([
    {
      metadata: { name: "retained", labels: { "velero.io/csi-volumesnapshot-class": "true" } },
      driver: "ebs.csi.aws.com",
      deletionPolicy: "Retain",
    },
  ]);
  const without = await build({ storage });
  expect(without.ofKind("VolumeSnapshotClass")).toEqual([]);
});

test("fast-ssd, standard and retained wait for their pod and can grow; standard is the default (C9)", async () => {
  const { ofKind } = await build({});
  expect(byName(ofKind("StorageClass"))).toMatchObject([
    {
      metadata: {
        name: "fast-ssd",
        annotations: { "storageclass.kubernetes.io/is-default-class": "false" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "io2" },
      reclaimPolicy: "Retain",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    {
      metadata: {
        name: "retained",
        annotations: { "storageclass.kubernetes.io/is-default-class": "false" },
      },
      parameters: { type: "gp3" },
      reclaimPolicy: "Retain",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    {
      metadata: {
        name: "standard",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      parameters: { type: "gp3" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
  ]);
});

test("where pods on several nodes can mount one volume there is a class for it, which waits for no pod (C9, D9)", async () => {
  const shared = { provisioner: "efs.csi.aws.com", parameters: { fileSystemId: "fs-1" } };
  const storage = { provisioner: "ebs.csi.aws.com", fast: {}, standard: {}, shared };
  const { ofKind } = await build({ storage });
  expect(namesOf(ofKind("StorageClass"))).toEqual(["fast-ssd", "retained", "shared", "standard"]);
  expect(
    ofKind("StorageClass").find(({ inputs }) => inputs.metadata?.name === "shared")?.inputs,
  ).toMatchObject({
    metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "false" } },
    provisioner: "efs.csi.aws.com",
    parameters: { fileSystemId: "fs-1" },
    reclaimPolicy: "Retain",
    volumeBindingMode: "Immediate",
    allowVolumeExpansion: false,
  });
  const free = await build({ storage }, { protectData: false });
  expect(free.ofKind("StorageClass").map(({ inputs }) => inputs.reclaimPolicy)).toEqual(
    Array(3).fill("Delete"),
  );
});

test("without protection no volume outlives its claim", async () => {
  const { ofKind } = await build({}, { protectData: false });
  expect(ofKind("StorageClass").map(({ inputs }) => inputs.reclaimPolicy)).toEqual(["Delete", "Delete"]);
});

test("a class that the cluster brings itself is left alone", async () => {
  const { ofKind } = await build({
    storage: { provisioner: "rancher.io/local-path", fast: {}, standard: {}, existing: ["standard"] },
  });
  expect(namesOf(ofKind("StorageClass"))).toEqual(["fast-ssd", "retained"]);
});

test("priorities stay below Kubernetes' own and above the autoscaler's cut-off", async () => {
  const { ofKind } = await build({});
  const values = ofKind("PriorityClass").map(({ inputs }) => inputs.value);
  expect(values).toHaveLength(4);
  for (const value of values) {
    expect(value).toBeLessThan(1_000_000_000);
    expect(value).toBeGreaterThanOrEqual(-10);
  }
});

test("every namespace denies by default, finds names, and has limits (A9, B3)", async () => {
  const { ofKind, namespaces } = await build({});
  expect(namespaces).toEqual(
    expect.arrayContaining(["atlas-ai-production", "atlas-monitoring", "atlas-logging", "ingress"]),
  );
  const having = (kind: string, name: string) =>
    ofKind(kind)
      .filter(({ inputs }) => inputs.metadata?.name === name)
      .map(({ inputs }) => inputs.metadata?.namespace)
      .sort();
  const all = namespaces.toSorted();
  expect(having("NetworkPolicy", "default-deny")).toEqual(all);
  expect(having("NetworkPolicy", "allow-dns")).toEqual(all);
  expect(having("ResourceQuota", "environment")).toEqual(all);
  expect(having("LimitRange", "environment")).toEqual(all);
});

test("the seed's labels, and the strictest security standard but where a reason is declared (000, B3)", async () => {
  const { ofKind } = await build({});
  const labels = Object.fromEntries(
    ofKind("Namespace").map(({ inputs }) => [inputs.metadata?.name, inputs.metadata]),
  );
  expect(labels["atlas-ai-production"]).toMatchObject({
    labels: {
      environment: "production",
      team: "ai-platform",
      compliance: "pci-dss",
      "pod-security.kubernetes.io/enforce": "restricted",
    },
  });
  expect(labels["node-agents"]).toMatchObject({
    labels: {
      "pod-security.kubernetes.io/enforce": "privileged",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    },
  });
});

test("on another stack's cluster only the limits of the own namespace are made (D3)", async () => {
  const { objects, namespaces } = await build(
    { name: "linode", cloud: linodeCloud, owned: false },
    { environment: "staging", systems: placed({ aiaas: { cluster: "linode" } }) },
  );
  expect(namespaces).toEqual(["staging"]);
  const made = objects.map(
    ({ type, inputs }) => `${type.split(":").at(-1)} in ${inputs.metadata?.namespace}`,
  );
  expect(made.sort()).toEqual(["LimitRange in staging", "ResourceQuota in staging"]);
});
