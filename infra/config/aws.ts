import { z } from "zod";
import { eksVersions } from "../../facts/aws-eks";
import { awsRegions } from "../../facts/aws-regions";
import { namesOf } from "../../facts/names";
import { parseCidr } from "../../primitives/cidr";
import { awsNodePoolSchema } from "./aws-node-pool-schema";

/** Days that CloudWatch Logs can keep a log group's events; it knows no others. */
const logRetentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
]);

/** AWS services that nodes reach within the VPC, instead of through a NAT gateway. */
const endpointService = z.enum([
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "sts",
]);

const cidr = z.string().refine((text) => parseCidr(text) !== undefined, {
  error: ({ input }) => `${input} is not an IPv4 network without host bits, for example 10.20.0.0/16`,
});

const domainName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "a domain name in small letters, without a dot at its end",
  );

const networkSchema = z
  .strictObject({
    cidr: cidr
      .describe(
        "Addresses of the VPC, from a /16 to a /20. Three quarters go to the zones' private subnets, where every pod takes an address of its own. (C6)",
      )
      .meta({ examples: ["10.20.0.0/16"] }),
    zones: z
      .array(z.string())
      .length(3, "three zones, so that the loss of one leaves a majority")
      .describe("The three availability zones to spread over, all of `region`. (C3, C6)")
      .meta({ examples: [["us-east-1a", "us-east-1b", "us-east-1c"]] }),
    natGateways: z
      .enum(["per-zone", "single"])
      .default("per-zone")
      .describe(
        "`per-zone` survives the loss of a zone and pays for three gateways (about 33 USD a month each); `single` suits staging. (C6)",
      )
      .meta({ examples: ["per-zone", "single"] }),
    interfaceEndpoints: z
      .array(endpointService)
      .default(["ec2", "ecr.api", "ecr.dkr", "eks-auth", "logs", "sts"])
      .describe(
        "AWS services with an endpoint in every zone: nodes reach them even when NAT is down, for about 22 USD a month each. S3 has its own, free endpoint in any case. An empty list makes none. (C6)",
      )
      .meta({ examples: [["ecr.api", "ecr.dkr", "sts"], []] }),
    flowLogRetentionDays: logRetentionDays
      .default(30)
      .describe("Days that the VPC's flow logs are kept. (C6)")
      .meta({ examples: [30] }),
  })
  .describe("The VPC: public, private and intra subnets in three zones. (C6)");

const clusterSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9_-]{0,48}$/,
        "letters, digits, - and _, at most 49, with a letter or digit first",
      )
      .describe(
        "Name of the EKS cluster, unique in account and region; roles and log groups carry it too. (C3)",
      )
      .meta({ examples: ["ai-prod"] }),
    version: z
      .enum(namesOf(eksVersions))
      .describe("Kubernetes version. The add-ons' versions follow from it. (C3, D4)")
      .meta({ examples: ["1.35"] }),
    publicAccessCidrs: z
      .array(cidr)
      .default([])
      .describe(
        "Networks that may reach the API server from the internet. Empty: only the VPC may. Never 0.0.0.0/0. (C6)",
      )
      .meta({ examples: [["203.0.113.0/24"]] }),
    administrators: z
      .array(
        z.string().regex(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, "the ARN of an IAM role or user"),
      )
      .min(1, "at least one: creating the cluster does not make anyone an administrator")
      .describe(
        "IAM roles (or users) with full access to the cluster. The one that runs `pulumi up` must be among them. (C6)",
      )
      .meta({ examples: [["arn:aws:iam::123456789012:role/platform-admin"]] }),
    serviceCidr: cidr
      .default("172.20.0.0/16")
      .describe("Addresses of Kubernetes Services; must not overlap the VPC's. Cannot be changed later. (C6)")
      .meta({ examples: ["172.20.0.0/16"] }),
    logRetentionDays: logRetentionDays
      .default(90)
      .describe("Days that the control plane's logs, audit among them, are kept. (C6)")
      .meta({ examples: [90] }),
  })
  .describe("The EKS cluster. (C2, C3, C6)");

const bucketsSchema = z
  .strictObject({
    prefix: z
      .string()
      .describe(
        "What the buckets' names begin with: PREFIX-models, -backups, -data and -access-logs. Bucket names are unique in the whole world. (C7)",
      )
      .meta({ examples: ["shop-ai"] }),
    replicate: z
      .boolean()
      .default(true)
      .describe(
        "Whether models, backups and data are copied to `replicaRegion` within 15 minutes. (C7, 001, 004)",
      )
      .meta({ examples: [true] }),
    modelVersions: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe(
        "Earlier versions of a model that are kept for rollback; older ones go after 30 days. (C7, 004)",
      )
      .meta({ examples: [3] }),
    backupRetentionDays: z
      .int()
      .min(1)
      .max(3650)
      .default(30)
      .describe("Days that a backup is kept. (C7, 000)")
      .meta({ examples: [30] }),
    warmAfterDays: z
      .int()
      .min(30, "S3 keeps an object 30 days in its standard class before it may move on")
      .max(3650)
      .default(30)
      .describe("Days after which data moves from the hot tier to the warm one, S3 Standard-IA. (C7, 001)")
      .meta({ examples: [30] }),
    coldAfterDays: z
      .int()
      .min(60)
      .max(3650)
      .default(90)
      .describe(
        "Days after which data moves to the cold tier, S3 Glacier Instant Retrieval: at least 30 after the warm one. (C7, 001)",
      )
      .meta({ examples: [90] }),
  })
  .describe("The S3 buckets for models, backups, data and access logs. (C7)");

const volumeBackupsSchema = z
  .strictObject({
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .default(30)
      .describe("Days that a volume's backup is kept. (000, 001)")
      .meta({ examples: [30] }),
    copyToReplicaRegion: z
      .boolean()
      .default(true)
      .describe("Whether each backup is also copied to `replicaRegion`. (001)")
      .meta({ examples: [true] }),
  })
  .describe("Daily backups of the persistent volumes by AWS Backup. Left out: none. (001, 004)");

const dnsSchema = z
  .strictObject({
    zone: domainName
      .describe("Domain whose records this stack manages in Route 53. (C11)")
      .meta({ examples: ["atlas-financial.com"] }),
    existingZoneId: z
      .string()
      .regex(/^Z[A-Z0-9]{6,31}$/, "the ID of a hosted zone")
      .optional()
      .describe(
        "A hosted zone that exists already. Left out: the stack makes one, and its name servers have to be entered at the registrar. (C11)",
      )
      .meta({ examples: ["Z0123456789ABCDEFGHIJ"] }),
  })
  .describe("The Route 53 zone. Left out: DNS is managed elsewhere. (C11)");

const edgeSchema = z
  .strictObject({
    hostName: domainName
      .describe("Name under which CloudFront serves, inside `dns.zone`. (C13)")
      .meta({ examples: ["cdn.atlas-financial.com"] }),
    apiOrigin: domainName
      .optional()
      .describe(
        "Name of the public ingress. Set: everything but /static/ goes there, through the web application firewall. Left out: static assets only. (C13)",
      )
      .meta({ examples: ["origin.atlas-financial.com"] }),
    requestsPerTenMinutes: z
      .int()
      .min(10)
      .max(2_000_000_000)
      .default(60_000)
      .describe(
        "Requests that one client address may make in ten minutes, the longest window that AWS WAF knows: as many as the ingress lets through, 100 a second. 001's 1,000 in 15 minutes are Market Data's, which counts them itself. (C13, 000, 001)",
      )
      .meta({ examples: [60_000] }),
    answerTimeoutSeconds: z
      .int()
      .min(1)
      .max(300)
      .default(120)
      .describe(
        "Seconds that CloudFront waits for the ingress to begin an answer, and again for each further part of it: an answer that is streamed may take longer as a whole. More than 120 needs a higher quota `Response timeout per origin` of the account first. (C13; 000 asks for 300)",
      )
      .meta({ examples: [120] }),
  })
  .describe(
    "CloudFront and the web application firewall before static assets and the ingress. Left out: none. (C13)",
  );

/** A cluster of EKS with what it has on AWS: network, buckets, DNS and edge (C2-C4, C6, C7, C9-C11, C13). */
export const awsShape = z
  .strictObject({
    cloud: z
      .literal("aws")
      .describe("The cluster is one of EKS.")
      .meta({ examples: ["aws"] }),
    accountId: z
      .string()
      .regex(/^\d{12}$/, "twelve digits, in quotes")
      .describe(
        "The only AWS account in which this cluster may change anything: credentials of another are refused. All clusters of a stack on AWS have the same.",
      )
      .meta({ examples: ["123456789012"] }),
    region: z
      .enum(namesOf(awsRegions))
      .describe("Where the cluster runs. (C3)")
      .meta({ examples: ["us-east-1"] }),
    replicaRegion: z
      .enum(namesOf(awsRegions))
      .default("us-west-2")
      .describe("Where copies of buckets and backups are kept. (C7, 001)")
      .meta({ examples: ["us-west-2"] }),
    network: networkSchema,
    cluster: clusterSchema,
    nodePools: z
      .record(z.string().regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/), awsNodePoolSchema)
      .describe("The pools of nodes, by name. (C2, C3, C4)"),
    buckets: bucketsSchema,
    volumeBackups: volumeBackupsSchema.optional(),
    dns: dnsSchema.optional(),
    edge: edgeSchema.optional(),
  })
  .describe("A cluster of EKS, and what it has on AWS. (D1)");

/** The configuration of a cluster of EKS. */
export type AwsConfig = z.infer<typeof awsShape>;
