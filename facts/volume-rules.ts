/** What a cloud's volume driver can do, and what it refuses. */
export interface VolumeRules {
  readonly provisioner: string;
  readonly accessModes: readonly string[];
  /** Smallest volume, GiB: smaller ones are made as large. 0: volumes have no size of their own. */
  readonly leastGibibytes: number;
  /** Largest volume, GiB. */
  readonly mostGibibytes: number;
  /** Node label within whose value a volume can be used; undefined where every node reaches it. */
  readonly topologyKey?: string;
  /** What is wrong with a class's parameters; undefined when nothing is. */
  readonly faultOf: (parameters: Parameters) => string | undefined;
  /** What is wrong with a volume of a class, of as many GiB; undefined when nothing is. */
  readonly sizeFaultOf: (parameters: Parameters, gibibytes: number) => string | undefined;
  /** Where the rules are from. */
  readonly source: string;
}

type Parameters = Readonly<Record<string, string>>;

/** gp3: what any volume has, and what a GiB allows. */
const gp3 = { iops: 3000, iopsOfGibibyte: 500, mostIops: 80_000, throughputOfIops: 0.25, throughput: 125 };

const ebsTypes: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  gp2: { least: 1, most: 16_384 },
  gp3: { least: 1, most: 65_536 },
  io1: { least: 4, most: 16_384 },
  io2: { least: 4, most: 65_536 },
  st1: { least: 125, most: 16_384 },
  sc1: { least: 125, most: 16_384 },
  standard: { least: 1, most: 1024 },
};

/** Disks of AWS. */
export const ebsRules: VolumeRules = {
  provisioner: "ebs.csi.aws.com",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 1,
  mostGibibytes: 65_536,
  topologyKey: "topology.kubernetes.io/zone",
  faultOf: ({ type = "gp3", iops, iopsPerGB, throughput }) => {
    if (ebsTypes[type] === undefined) {
      return `EBS has no volume type "${type}"; it has ${Object.keys(ebsTypes).join(", ")}`;
    }
    if (type.startsWith("io") && iops === undefined && iopsPerGB === undefined) {
      return `EBS volumes of type ${type} need the parameter "iops" or "iopsPerGB"`;
    }
    if (type !== "gp3") {
      return undefined;
    }
    const wanted = Number(iops ?? gp3.iops);
    if (wanted < gp3.iops || wanted > gp3.mostIops) {
      return `gp3 volumes have ${gp3.iops} to ${gp3.mostIops} IOPS; found "${iops}"`;
    }
    const most = wanted * gp3.throughputOfIops;
    return Number(throughput ?? gp3.throughput) > most
      ? `${wanted} IOPS allow a throughput of ${most} MiB/s; found "${throughput}"`
      : undefined;
  },
  sizeFaultOf: ({ type = "gp3", iops }, gibibytes) => {
    const { least, most } = ebsTypes[type] ?? { least: 1, most: 65_536 };
    if (gibibytes < least || gibibytes > most) {
      return `EBS volumes of type ${type} have ${least} to ${most} GiB; found ${gibibytes}`;
    }
    // The driver asks for as many IOPS as the size allows, but only where that leaves gp3's least.
    const allowed = gibibytes * gp3.iopsOfGibibyte;
    return type === "gp3" && Number(iops ?? gp3.iops) > gp3.iops && allowed < gp3.iops
      ? `${iops} IOPS are too many for ${gibibytes} GiB, which allow ${allowed}: the volume is never made; from ${gp3.iops / gp3.iopsOfGibibyte} GiB on it is`
      : undefined;
  },
  source: "EBS user guide, gp3 volumes: 500 IOPS a GiB; aws-ebs-csi-driver, pkg/cloud/cloud.go",
};

/** Access points of file systems of AWS, which have no size of their own. */
export const efsRules: VolumeRules = {
  provisioner: "efs.csi.aws.com",
  accessModes: ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"],
  leastGibibytes: 0,
  mostGibibytes: Number.POSITIVE_INFINITY,
  faultOf: ({ provisioningMode, fileSystemId = "", directoryPerms }) => {
    if (provisioningMode !== "efs-ap") {
      return `EFS volumes need the parameter "provisioningMode", which is "efs-ap"; found ${JSON.stringify(provisioningMode)}`;
    }
    if (!/^fs-[0-9a-f]+$/.test(fileSystemId)) {
      return `EFS volumes need the parameter "fileSystemId", for example fs-0123456789abcdef0; found "${fileSystemId}"`;
    }
    return directoryPerms === undefined
      ? 'EFS volumes need the parameter "directoryPerms", for example "770"'
      : undefined;
  },
  sizeFaultOf: () => undefined,
  source: "aws-efs-csi-driver, docs/README.md: parameters of dynamic provisioning",
};

/** Disks of Linode. */
export const linodeVolumeRules: VolumeRules = {
  provisioner: "linodebs.csi.linode.com",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 10,
  mostGibibytes: 16_384,
  topologyKey: "topology.kubernetes.io/region",
  faultOf: () => undefined,
  sizeFaultOf: (_, gibibytes) =>
    gibibytes > 16_384 ? `Linode's volumes have at most 16384 GiB; found ${gibibytes}` : undefined,
  source: "Linode, Block Storage: 10 GiB to 16 TiB; linode-blockstorage-csi-driver",
};

/** Folders of a node of a cluster on this machine. */
export const localPathRules: VolumeRules = {
  provisioner: "rancher.io/local-path",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 0,
  mostGibibytes: Number.POSITIVE_INFINITY,
  topologyKey: "kubernetes.io/hostname",
  faultOf: () => undefined,
  sizeFaultOf: () => undefined,
  source: "rancher/local-path-provisioner, README",
};

/** The rules of every driver. */
export const volumeRules: readonly VolumeRules[] = [ebsRules, efsRules, linodeVolumeRules, localPathRules];
