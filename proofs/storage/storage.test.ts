import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { storage } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(storage, evidenceOf(...pieces));

const fast = { type: "gp3", iops: "6000", throughput: "400", encrypted: "true" };
const storageClass = (name: string, parameters: Record<string, string>, provisioner = "ebs.csi.aws.com") =>
  object(`class-${name}`, "storage.k8s.io/v1", "StorageClass", {
    metadata: { name },
    provisioner,
    parameters,
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
const claim = (storageClassName: string, storage: string, mode = "ReadWriteOnce") =>
  object("claim", "v1", "PersistentVolumeClaim", {
    metadata: { name: "data", namespace: "store" },
    spec: { storageClassName, accessModes: [mode], resources: { requests: { storage } } },
  });
const classes = [
  storageClass("fast-ssd", fast),
  storageClass("standard", { type: "gp3", encrypted: "true" }),
  storageClass("scratch", { type: "gp3", tagSpecification_1: "ai-platform/scratch=true" }),
];

describe("volumes", () => {
  test.each([
    ["2Gi", [expect.stringContaining("6000 IOPS are too many for 2 GiB, which allow 1000")]],
    ["5Gi", [expect.stringContaining("6000 IOPS are too many for 5 GiB, which allow 2500")]],
    // From here on the driver asks for as many as the size allows.
    ["6Gi", []],
    ["12Gi", []],
  ])("of %s with 6000 IOPS", (size, expected) => {
    expect(faults(...classes, claim("fast-ssd", size))).toEqual(expected);
  });

  test("of gp3's own IOPS are made in every size", () => {
    expect(faults(...classes, claim("standard", "1Gi"))).toEqual([]);
  });

  test("that many nodes mount are no disks", () => {
    expect(faults(...classes, claim("standard", "10Gi", "ReadWriteMany"))).toEqual([
      expect.stringContaining("gives no volume the access mode ReadWriteMany"),
    ]);
  });

  test("have a class that there is", () => {
    expect(faults(...classes, claim("fast-sdd", "10Gi"))).toEqual([
      expect.stringContaining("its class fast-sdd is none of the cluster's"),
    ]);
  });

  test.each([
    [{ ...fast, throughput: "1600" }, "6000 IOPS allow a throughput of 1500 MiB/s"],
    [{ ...fast, iops: "100000" }, "gp3 volumes have 3000 to 80000 IOPS"],
    [{ type: "gp9" }, 'EBS has no volume type "gp9"'],
  ])("of a class with %j are none", (parameters, message) => {
    expect(faults(storageClass("odd", parameters), claim("odd", "100Gi"))).toEqual([
      expect.stringContaining(message),
    ]);
  });
});

describe("node groups", () => {
  const subnet = (zone: string): Piece => ({
    type: "aws:ec2/subnet:Subnet",
    name: `subnet-${zone}`,
    inputs: { availabilityZone: zone },
  });
  const group = (
    name: string,
    zones: readonly string[],
    { spot = false, types = ["r6i.2xlarge"] }: { spot?: boolean; types?: readonly string[] } = {},
  ): Piece => ({
    type: "aws:eks/nodeGroup:NodeGroup",
    name,
    inputs: {
      clusterName: "cluster",
      capacityType: spot ? "SPOT" : "ON_DEMAND",
      instanceTypes: types,
      labels: { "ai-platform/pool": name, lifecycle: spot ? "spot" : "on-demand" },
      launchTemplate: { id: "template-id" },
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
      subnetIds: zones.map((zone) => `subnet-${zone}-id`),
      taints: spot ? [{ key: "spot-instance", value: "true", effect: "NO_SCHEDULE" }] : [],
    },
  });
  const cluster: readonly Piece[] = [
    { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} },
    { type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { name: "cluster", version: "1.35" } },
    {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name: "template",
      inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
    },
    subnet("a"),
    subnet("b"),
  ];
  const store = (spec: object = {}) =>
    object("store", "apps/v1", "StatefulSet", {
      metadata: { name: "store", namespace: "store" },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: "store" } },
        template: {
          metadata: { labels: { app: "store" } },
          spec: { containers: [{ name: "store", image: "store:1" }], ...spec },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              storageClassName: "fast-ssd",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "100Gi" } },
            },
          },
        ],
      },
    });
  const overZones = expect.stringContaining("node group data-storage: it is one group over a, b");

  test("of stores are one for each zone", () => {
    expect(faults(...cluster, ...classes, store(), group("data-storage", ["a", "b"]))).toEqual([overZones]);
    expect(faults(...cluster, ...classes, store(), group("data-a", ["a"]), group("data-b", ["b"]))).toEqual(
      [],
    );
  });

  test("that no store may run on are over as many as they like", () => {
    const spot = group("spot", ["a", "b"], { spot: true });
    const data = [group("data-a", ["a"]), group("data-b", ["b"])];
    expect(faults(...cluster, ...classes, store(), spot, ...data)).toEqual([]);
    const tolerant = store({ tolerations: [{ key: "spot-instance", operator: "Exists" }] });
    expect(faults(...cluster, ...classes, tolerant, spot, ...data)).toEqual([
      expect.stringContaining("node group spot: it is one group over a, b"),
    ]);
  });

  test("take all disks of one pod", () => {
    const disks = (count: number) =>
      object("job", "batch/v1", "CronJob", {
        metadata: { name: "backup", namespace: "store" },
        spec: {
          schedule: "0 2 * * *",
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  containers: [{ name: "script", image: "script:1" }],
                  volumes: Array.from({ length: count }, (_, index) => ({
                    name: `work-${index}`,
                    ephemeral: {
                      volumeClaimTemplate: {
                        spec: {
                          storageClassName: "standard",
                          accessModes: ["ReadWriteOnce"],
                          resources: { requests: { storage: "20Gi" } },
                        },
                      },
                    },
                  })),
                },
              },
            },
          },
        },
      });
    const workers = group("workers", ["a"]);
    expect(faults(...cluster, ...classes, workers, disks(25))).toEqual([]);
    expect(faults(...cluster, ...classes, workers, disks(26))).toEqual([
      expect.stringContaining("each of its pods has 26 volumes, and no node takes more than 25"),
    ]);
  });

  test("have no types of the older hypervisor", () => {
    const old = group("workers", ["a"], { types: ["t3.xlarge", "t2.xlarge"] });
    expect(faults(...cluster, old)).toEqual([expect.stringContaining("t2.xlarge is a Xen type")]);
  });
});

describe("backups", () => {
  const driver: Piece = {
    type: "aws:eks/addon:Addon",
    name: "driver",
    inputs: {
      addonName: "aws-ebs-csi-driver",
      configurationValues: JSON.stringify({
        controller: { extraVolumeTags: { "ai-platform/backup": "daily" } },
      }),
    },
  };
  const taken = [{ key: "aws:ResourceTag/ai-platform/backup", value: "daily" }];
  const selection = (stringNotEquals: readonly object[]): Piece => ({
    type: "aws:backup/selection:Selection",
    name: "volumes",
    inputs: {
      resources: ["arn:aws:ec2:*:*:volume/*"],
      conditions: [{ stringEquals: taken, stringNotEquals }],
    },
  });
  const scratch = (storageClassName: string) =>
    object("job", "batch/v1", "CronJob", {
      metadata: { name: "backup", namespace: "store" },
      spec: {
        schedule: "0 2 * * *",
        jobTemplate: {
          spec: {
            template: {
              spec: {
                containers: [{ name: "script", image: "script:1" }],
                volumes: [
                  {
                    name: "work",
                    ephemeral: {
                      volumeClaimTemplate: {
                        spec: {
                          storageClassName,
                          accessModes: ["ReadWriteOnce"],
                          resources: { requests: { storage: "20Gi" } },
                        },
                      },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    });
  const left = [{ key: "aws:ResourceTag/ai-platform/scratch", value: "true" }];

  test("leave what goes with its pod, and take what stays", () => {
    const stays = claim("fast-ssd", "20Gi");
    expect(faults(...classes, driver, selection([]), scratch("standard"), stays)).toEqual([
      expect.stringContaining("AWS Backup takes the volume along, which goes with its pod"),
    ]);
    expect(faults(...classes, driver, selection(left), scratch("standard"), stays)).toHaveLength(1);
    expect(faults(...classes, driver, selection([]), scratch("scratch"), stays)).toHaveLength(1);
    expect(faults(...classes, driver, selection(left), scratch("scratch"), stays)).toEqual([]);
    expect(faults(...classes, driver, selection(left), claim("scratch", "20Gi"))).toEqual([
      expect.stringContaining("AWS Backup does not take the volume along, which is there to stay"),
    ]);
  });
});
