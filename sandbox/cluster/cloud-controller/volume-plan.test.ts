import { drivers, ebs, efs, linodeBlockStorage, localPath } from "./drivers";
import type { Claim, StorageClass, Volume } from "./objects";
import { chooseTopology, planVolumes, provisionedBy, selectedNode, volumeFinalizer } from "./volume-plan";

function storageClass(changes: Partial<StorageClass> = {}): StorageClass {
  return {
    metadata: { name: "fast" },
    provisioner: ebs.provisioner,
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
      annotations: { "volume.kubernetes.io/storage-provisioner": ebs.provisioner, ...annotations },
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
      annotations: { [provisionedBy]: ebs.provisioner },
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
    expect(planVolumes({ claims: [claim()], classes, volumes: [] }, drivers.aws)).toEqual([]);
    expect(planVolumes({ claims: [claim({}, chosen)], classes, volumes: [] }, drivers.aws)).toMatchObject([
      { kind: "provision", node: "node-1", size: "5Gi" },
    ]);
  });

  test("makes a volume at once where the class says so", () => {
    const classes = [storageClass({ volumeBindingMode: "Immediate" })];
    expect(planVolumes({ claims: [claim()], classes, volumes: [] }, drivers.aws)).toMatchObject([
      { kind: "provision", node: undefined },
    ]);
  });

  test("makes none twice", () => {
    const claims = [claim({}, chosen)];
    const volumes = [volume({}, "Available")];
    expect(planVolumes({ claims, classes: [storageClass()], volumes }, drivers.aws)).toEqual([]);
  });

  test("leaves claims alone whose provisioner Kubernetes has not asked for", () => {
    const unasked: Claim = { ...claim({}, chosen), metadata: { name: "data", annotations: chosen } };
    expect(planVolumes({ claims: [unasked], classes: [storageClass()], volumes: [] }, drivers.aws)).toEqual(
      [],
    );
  });

  test("rounds up to what the cloud sells", () => {
    const asks = { resources: { requests: { storage: "1500Mi" } } };
    const annotations = {
      ...chosen,
      "volume.kubernetes.io/storage-provisioner": linodeBlockStorage.provisioner,
    };
    const classes = [storageClass({ provisioner: linodeBlockStorage.provisioner })];
    expect(
      planVolumes({ claims: [claim(asks, chosen)], classes: [storageClass()], volumes: [] }, drivers.aws),
    ).toMatchObject([{ size: "2Gi" }]);
    expect(
      planVolumes({ claims: [claim(asks, annotations)], classes, volumes: [] }, drivers.linode),
    ).toMatchObject([{ size: "10Gi" }]);
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
      'no volume driver "example.com/disk" runs in this cluster, where there is "ebs.csi.aws.com", "efs.csi.aws.com"',
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
    expect(planVolumes({ claims: [refused], classes: [refusing], volumes: [] }, drivers.aws)).toEqual([
      { kind: "refuse", claim: refused, reason },
    ]);
  });

  test("makes what several nodes mount of a file system, as large as it is asked for", () => {
    const parameters = { provisioningMode: "efs-ap", fileSystemId: "fs-0a", directoryPerms: "770" };
    const asks = { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1500Mi" } } };
    const many = claim(asks, { "volume.kubernetes.io/storage-provisioner": efs.provisioner });
    const plan = (given: Readonly<Record<string, string>>) => {
      const shared = storageClass({
        provisioner: efs.provisioner,
        volumeBindingMode: "Immediate",
        parameters: given,
      });
      return planVolumes({ claims: [many], classes: [shared], volumes: [] }, drivers.aws);
    };
    expect(plan(parameters)).toMatchObject([{ kind: "provision", driver: efs, size: "1500Mi" }]);
    expect(efs.idOf("1234", storageClass({ parameters }))).toMatch(/^fs-0a::fsap-0[0-9a-f]{16}$/);
    expect(plan({ ...parameters, provisioningMode: "efs" })).toMatchObject([
      { kind: "refuse", reason: expect.stringMatching(/"efs-ap"; found "efs"/) },
    ]);
    expect(plan({ provisioningMode: "efs-ap", directoryPerms: "770" })).toMatchObject([
      { kind: "refuse", reason: expect.stringMatching(/"fileSystemId", for example fs-/) },
    ]);
    expect(plan({ provisioningMode: "efs-ap", fileSystemId: "fs-0a" })).toMatchObject([
      { kind: "refuse", reason: expect.stringMatching(/"directoryPerms"/) },
    ]);
  });

  test("refuses a local volume before its node is known", () => {
    const early = claim({}, { "volume.kubernetes.io/storage-provisioner": localPath.provisioner });
    const classes = [storageClass({ provisioner: localPath.provisioner, volumeBindingMode: "Immediate" })];
    expect(planVolumes({ claims: [early], classes, volumes: [] }, drivers.local)).toMatchObject([
      { kind: "refuse" },
    ]);
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
    expect(planVolumes({ ...nothing, volumes: [one] }, drivers.aws).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe("expansion", () => {
  const bound = (asked: string) =>
    claim({ volumeName: "pvc-1234", resources: { requests: { storage: asked } } }, chosen, {
      phase: "Bound",
      capacity: { storage: "5Gi" },
    });

  test("is not for what has no size of its own", () => {
    const mine = volume({}, "Bound", { annotations: { [provisionedBy]: efs.provisioner } });
    expect(
      planVolumes({ claims: [bound("9Gi")], classes: [storageClass()], volumes: [mine] }, drivers.aws),
    ).toEqual([]);
  });

  test("follows a larger request, and never a smaller one", () => {
    const plan = (asked: string) =>
      planVolumes(
        { claims: [bound(asked)], classes: [storageClass()], volumes: [volume({}, "Bound")] },
        drivers.aws,
      );
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
    expect(zones).toContain(chooseTopology(claim(), storageClass(), "topology.kubernetes.io/zone", zones));
    expect(chooseTopology(claim(), allowed, "topology.kubernetes.io/zone", zones)).toBe("us-east-1b");
  });

  test("is none where no node is", () => {
    expect(chooseTopology(claim(), storageClass(), "topology.kubernetes.io/zone", [])).toBeUndefined();
  });
});
