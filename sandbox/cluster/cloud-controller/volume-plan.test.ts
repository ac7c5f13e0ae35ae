import { drivers } from "./drivers";
import type { Claim, StorageClass, Volume } from "./objects";
import { chooseTopology, planVolumes, provisionedBy, selectedNode, volumeFinalizer } from "./volume-plan";

const { aws, linode, local } = drivers;

function storageClass(changes: Partial<StorageClass> = {}): StorageClass {
  return {
    metadata: { name: "fast" },
    provisioner: aws.provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
    ...changes,
  };
}

function claim(
  spec: Partial<Claim["spec"]> = {},
  annotations: Readonly<Record<string, string>> = {},
  status?: Claim["status"],
): Claim {
  return {
    metadata: {
      name: "data",
      namespace: "shop",
      uid: "1234",
      annotations: { "volume.kubernetes.io/storage-provisioner": aws.provisioner, ...annotations },
    },
    spec: {
      storageClassName: "fast",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "5Gi" } },
      ...spec,
    },
    ...(status === undefined ? {} : { status }),
  };
}

function volume(
  changes: Partial<Volume["spec"]>,
  phase: string,
  metadata: Partial<Volume["metadata"]> = {},
): Volume {
  return {
    metadata: {
      name: "pvc-1234",
      annotations: { [provisionedBy]: aws.provisioner },
      finalizers: [volumeFinalizer],
      ...metadata,
    },
    spec: {
      persistentVolumeReclaimPolicy: "Delete",
      claimRef: { namespace: "shop", name: "data", uid: "1234" },
      ...changes,
    },
    status: { phase },
  };
}

const chosen = { [selectedNode]: "node-1" };

describe("provisioning", () => {
  test("waits for the scheduler's choice of a node, then makes the volume for it", () => {
    const classes = [storageClass()];
    expect(planVolumes({ claims: [claim()], classes, volumes: [] }, aws)).toEqual([]);
    expect(planVolumes({ claims: [claim({}, chosen)], classes, volumes: [] }, aws)).toMatchObject([
      { kind: "provision", node: "node-1", size: "5Gi" },
    ]);
  });

  test("makes a volume at once where the class says so", () => {
    const classes = [storageClass({ volumeBindingMode: "Immediate" })];
    expect(planVolumes({ claims: [claim()], classes, volumes: [] }, aws)).toMatchObject([
      { kind: "provision", node: undefined },
    ]);
  });

  test("makes none twice", () => {
    const claims = [claim({}, chosen)];
    const volumes = [volume({}, "Available")];
    expect(planVolumes({ claims, classes: [storageClass()], volumes }, aws)).toEqual([]);
  });

  test("leaves claims alone whose provisioner Kubernetes has not asked for", () => {
    const unasked: Claim = { ...claim({}, chosen), metadata: { name: "data", annotations: chosen } };
    expect(planVolumes({ claims: [unasked], classes: [storageClass()], volumes: [] }, aws)).toEqual([]);
  });

  test("rounds up to what the cloud sells", () => {
    const asks = { resources: { requests: { storage: "1500Mi" } } };
    const annotations = { ...chosen, "volume.kubernetes.io/storage-provisioner": linode.provisioner };
    const classes = [storageClass({ provisioner: linode.provisioner })];
    expect(
      planVolumes({ claims: [claim(asks, chosen)], classes: [storageClass()], volumes: [] }, aws),
    ).toMatchObject([{ size: "2Gi" }]);
    expect(planVolumes({ claims: [claim(asks, annotations)], classes, volumes: [] }, linode)).toMatchObject([
      { size: "10Gi" },
    ]);
  });

  test.each([
    [
      "an access mode that a disk cannot give",
      claim({ accessModes: ["ReadWriteMany"] }, chosen),
      storageClass(),
      "ebs.csi.aws.com cannot give a volume the access mode ReadWriteMany; it gives ReadWriteOnce, ReadWriteOncePod",
    ],
    [
      "a driver that does not run there",
      claim({}, { ...chosen, "volume.kubernetes.io/storage-provisioner": "example.com/disk" }),
      storageClass(),
      'no volume driver "example.com/disk" runs in this cluster; the one that does is "ebs.csi.aws.com"',
    ],
    [
      "a volume type that the cloud does not have",
      claim({}, chosen),
      storageClass({ parameters: { type: "gp9" } }),
      'EBS has no volume type "gp9"; it has gp2, gp3, io1, io2, st1, sc1, standard',
    ],
    [
      "io2 without a rate",
      claim({}, chosen),
      storageClass({ parameters: { type: "io2" } }),
      'EBS volumes of type io2 need the parameter "iops" or "iopsPerGB"',
    ],
  ])("refuses %s, and says so", (_, refused, refusing, reason) => {
    expect(planVolumes({ claims: [refused], classes: [refusing], volumes: [] }, aws)).toEqual([
      { kind: "refuse", claim: refused, reason },
    ]);
  });

  test("refuses a local volume before its node is known", () => {
    const early = claim({}, { "volume.kubernetes.io/storage-provisioner": local.provisioner });
    const classes = [storageClass({ provisioner: local.provisioner, volumeBindingMode: "Immediate" })];
    expect(planVolumes({ claims: [early], classes, volumes: [] }, local)).toMatchObject([{ kind: "refuse" }]);
  });
});

describe("the end of a volume", () => {
  const nothing = { claims: [], classes: [] };

  test.each([
    ["destroys a released one", volume({}, "Released"), ["destroy"]],
    ["keeps a released one with Retain", volume({ persistentVolumeReclaimPolicy: "Retain" }, "Released"), []],
    ["keeps a bound one", volume({}, "Bound"), []],
    ["keeps a bound one that somebody deletes", volume({}, "Bound", { deletionTimestamp: "now" }), []],
    [
      "lets the object go, but not the disk, with Retain",
      volume({ persistentVolumeReclaimPolicy: "Retain" }, "Released", { deletionTimestamp: "now" }),
      ["release"],
    ],
    ["does not touch another driver's", volume({}, "Released", { annotations: {} }), []],
  ])("%s", (_, one, kinds) => {
    expect(planVolumes({ ...nothing, volumes: [one] }, aws).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe("expansion", () => {
  const bound = (asked: string) =>
    claim({ volumeName: "pvc-1234", resources: { requests: { storage: asked } } }, chosen, {
      phase: "Bound",
      capacity: { storage: "5Gi" },
    });

  test("follows a larger request, and never a smaller one", () => {
    const plan = (asked: string) =>
      planVolumes({ claims: [bound(asked)], classes: [storageClass()], volumes: [volume({}, "Bound")] }, aws);
    expect(plan("9Gi")).toMatchObject([{ kind: "expand", size: "9Gi" }]);
    expect(plan("5120Mi")).toEqual([]);
    expect(plan("1Gi")).toEqual([]);
  });
});

describe("the zone of a volume that comes before its pod", () => {
  const zones = ["us-east-1a", "us-east-1b", "us-east-1a"];

  test("is one that nodes have and the class allows", () => {
    const allowed = storageClass({
      allowedTopologies: [
        {
          matchLabelExpressions: [
            { key: "topology.kubernetes.io/zone", values: ["us-east-1b", "us-east-1z"] },
          ],
        },
      ],
    });
    expect(zones).toContain(chooseTopology(claim(), storageClass(), aws, zones));
    expect(chooseTopology(claim(), allowed, aws, zones)).toBe("us-east-1b");
  });

  test("is none where no node is", () => {
    expect(chooseTopology(claim(), storageClass(), aws, [])).toBeUndefined();
  });
});
