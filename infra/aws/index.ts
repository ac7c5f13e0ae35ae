import { Provider } from "@pulumi/aws/provider";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, OriginKey } from "../cluster/cluster";
import { kubernetesProviderSettings } from "../cluster/provider-settings";
import { clusterAddresses } from "./addresses";
import { issueCertificates } from "./certificate";
import { awsCloud } from "./cloud";
import { ClusterServices } from "./cluster-services";
import { ControlPlane } from "./control-plane";
import { secretPrefix } from "./controller-permissions";
import { clusterDns, Dns } from "./dns";
import { Edge } from "./edge";
import { EncryptionKey, logsMayUseKey } from "./encryption-key";
import { createKubeconfig } from "./kubeconfig";
import { Network } from "./network";
import { NodeGroup } from "./node-group";
import { planNodeGroups, poolOf } from "./node-groups";
import { NodeRole } from "./node-role";
import { type AwsPlatformArgs, type AwsShown, type BucketNames, disks, podBucket } from "./platform-args";
import { createReplicaRegion } from "./replica-region";
import { SharedFiles } from "./shared-files";
import { Storage } from "./storage";
import { VolumeBackups } from "./volume-backups";
import { WorkloadRoles } from "./workload-roles";

/**
 * What a stack has on AWS: the network, the EKS cluster with its pools, the buckets and their copies, backups, DNS
 * and the edge. (C2-C4, C6, C7, C9-C11, C13)
 *
 * All that is deployed to the cluster goes through `cluster.provider`, which depends on nodes, add-ons, access and
 * the roles of controllers. When a stack is destroyed, load balancers, volumes and autoscaled nodes are deleted while the
 * controllers that clean them up still run and have their roles.
 */
export class AwsPlatform extends pulumi.ComponentResource {
  readonly cluster: Cluster;
  private readonly vpcId: pulumi.Output<string>;
  /** Bucket names by what the buckets are for. */
  readonly buckets: BucketNames;
  /** What to enter at the registrar; undefined where DNS is managed elsewhere. */
  private readonly nameServers?: pulumi.Output<string[]>;
  private readonly edgeBefore: ((originKeys: readonly OriginKey[]) => Edge) | undefined;
  private edge?: Edge;

  constructor(name: string, args: AwsPlatformArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("ai-platform:aws:Platform", name, {}, opts);
    const { config, protectData } = args;
    const { accountId, region, replicaRegion } = config;
    const { edge } = config;
    const clusterName = config.cluster.name;

    const providerFor = (where: string): Provider =>
      new Provider(
        `${name}-${where}`,
        { region: where, allowedAccountIds: [accountId], defaultTags: { tags: { ...args.tags } } },
        { parent: this },
      );
    const provider = providerFor(region);
    const here = { parent: this, providers: [provider] };
    const flowLogGroup = `/aws/vpc/${clusterName}`;

    const clusterKey = new EncryptionKey(
      `${name}-cluster-key`,
      {
        description: `Kubernetes Secrets and logs of ${clusterName}`,
        alias: `${clusterName}-cluster`,
        accountId,
        serviceStatements: [logsMayUseKey(accountId, region, "/aws/")],
        protectData,
      },
      here,
    );
    const dataKey = new EncryptionKey(
      `${name}-data-key`,
      {
        description: `Buckets, shared files and backups of ${clusterName}`,
        alias: `${clusterName}-data`,
        accountId,
        protectData,
      },
      here,
    );
    const copies = config.buckets.replicate || config.volumeBackups?.copyToReplicaRegion === true;
    const replica = copies ? createReplicaRegion(name, args, providerFor(replicaRegion), this) : undefined;

    const network = new Network(
      `${name}-network`,
      { config: config.network, region, flowLogGroup, logsKeyArn: clusterKey.arn },
      here,
    );
    const controlPlane = new ControlPlane(
      `${name}-cluster`,
      {
        config: config.cluster,
        subnetIds: network.zones.map(({ intraSubnet }) => intraSubnet.id),
        keyArn: clusterKey.arn,
        protectData,
      },
      here,
    );
    const nodeRole = new NodeRole(`${name}-nodes`, here);
    const plans = Object.entries(config.nodePools).flatMap(([pool, poolConfig]) =>
      planNodeGroups(pool, poolConfig, config.network.zones),
    );
    const nodeGroups = plans.map(
      (plan) =>
        new NodeGroup(
          `${name}-${plan.name}`,
          {
            plan,
            clusterName: controlPlane.name,
            kubernetesVersion: config.cluster.version,
            nodeRoleArn: nodeRole.arn,
            subnetIds: network.zones
              .filter(({ zone }) => plan.zones.includes(zone))
              .map(({ privateSubnet }) => privateSubnet.id),
            tags: args.tags,
          },
          { ...here, dependsOn: [network, ...controlPlane.beforeNodes] },
        ),
    );
    const services = new ClusterServices(
      `${name}-services`,
      { clusterName, clusterArn: controlPlane.arn, kubernetesVersion: config.cluster.version },
      { ...here, dependsOn: nodeGroups },
    );
    const sharedFiles = new SharedFiles(
      `${name}-shared-files`,
      { clusterName, accountId, region, network, keyArn: dataKey.arn, protectData },
      here,
    );

    const buckets = new Storage(
      `${name}-storage`,
      {
        config: config.buckets,
        accountId,
        region,
        keyArn: dataKey.arn,
        ...(config.buckets.replicate && replica && { replica }),
        protectData,
      },
      here,
    );
    if (config.volumeBackups !== undefined) {
      new VolumeBackups(
        `${name}-volume-backups`,
        {
          config: config.volumeBackups,
          clusterName,
          keyArn: dataKey.arn,
          ...(config.volumeBackups.copyToReplicaRegion && replica && { replica }),
          protectData,
        },
        here,
      );
    }
    const dns = config.dns && new Dns(`${name}-dns`, { config: config.dns, protectData }, here);
    this.edgeBefore =
      edge && dns
        ? (originKeys) =>
            new Edge(
              `${name}-edge`,
              {
                config: edge,
                clusterName,
                region,
                bucketPrefix: config.buckets.prefix,
                accessLogBucket: buckets.accessLogs.bucketName,
                zoneId: dns.zoneId,
                originKeys,
                usEast1: region === "us-east-1" ? provider : providerFor("us-east-1"),
                protectData,
              },
              here,
            )
        : undefined;
    const certificates =
      config.dns && dns
        ? issueCertificates(
            name,
            { hosts: args.loadBalancerHosts ?? [], zone: config.dns.zone, zoneId: dns.zoneId },
            { parent: this, provider },
          )
        : {};
    const roles = new WorkloadRoles(
      `${name}-roles`,
      {
        clusterName,
        clusterArn: controlPlane.arn,
        accountId,
        region,
        vpcId: network.vpcId,
        environment: args.environment,
        systems: args.systems,
        storage: buckets,
        keyArn: dataKey.arn,
        ...(dns && { zoneArn: dns.zoneArn }),
        externalSecrets: args.externalSecrets ?? false,
        without: args.without ?? [],
      },
      { ...here, dependsOn: [controlPlane] },
    );

    const kubeconfig = pulumi.secret(
      createKubeconfig({
        clusterName,
        region,
        endpoint: controlPlane.endpoint,
        certificateAuthority: controlPlane.certificateAuthority,
      }),
    );
    this.cluster = {
      name,
      cloud: awsCloud,
      displayName: clusterName,
      provider: new KubernetesProvider(
        `${name}-kubernetes`,
        {
          kubeconfig,
          clusterIdentifier: controlPlane.arn,
          ...kubernetesProviderSettings,
        },
        { parent: this, dependsOn: [...controlPlane.access, ...nodeGroups, services, sharedFiles, roles] },
      ),
      kubeconfig,
      pools: plans.map(poolOf),
      zones: config.network.zones.toSorted(),
      storage: { ...disks, shared: sharedFiles.storage },
      addresses: clusterAddresses(config),
      buckets: {
        models: podBucket(buckets.models, region),
        backups: podBucket(buckets.backups, region),
        telemetry: podBucket(buckets.telemetry, region),
        data: podBucket(buckets.data, region),
      },
      certificates,
      ...(edge?.apiOrigin !== undefined && {
        edge: { host: edge.hostName, answerTimeoutSeconds: edge.answerTimeoutSeconds },
      }),
      ...(config.dns && dns && { dns: clusterDns(config.dns, config.edge, dns.zoneId) }),
      aws: { clusterName, kubernetesVersion: config.cluster.version, region, vpcId: network.vpcId },
      ...(args.externalSecrets === true && {
        secretStore: {
          region,
          prefix: secretPrefix(clusterName),
          host: `secretsmanager.${region}.amazonaws.com`,
        },
      }),
      owned: true,
    };
    this.vpcId = network.vpcId;
    this.buckets = {
      models: buckets.models.bucketName,
      backups: buckets.backups.bucketName,
      data: buckets.data.bucketName,
      telemetry: buckets.telemetry.bucketName,
      accessLogs: buckets.accessLogs.bucketName,
    };
    this.nameServers = dns?.nameServers;
    this.registerOutputs({ vpcId: this.vpcId, buckets: this.buckets });
  }

  /**
   * Puts CloudFront in front of the static assets and, where the stack says so, of the ingress. Call it once, with the keys that
   * CloudFront and ingress share.
   *
   * @returns undefined where the stack has no edge
   */
  openEdge(originKeys: readonly OriginKey[]): Edge | undefined {
    const edge = this.edgeBefore?.(originKeys);
    if (edge) this.edge = edge;
    return edge;
  }

  /** What the stack shows of the cluster and of what it has on AWS. */
  get shown(): AwsShown {
    const { cluster, vpcId, buckets, nameServers, edge } = this;
    return {
      ...(cluster.kubeconfig && { Kubeconfig: cluster.kubeconfig }),
      VpcId: vpcId,
      Buckets: { ...buckets, ...(edge && { assets: edge.assetsBucket }) },
      ...(nameServers && { NameServers: nameServers }),
      ...(edge && { EdgeDomain: edge.domainName }),
    };
  }
}
