import type { PreflightContext } from "../../../delivery/preflight/context";
import { realAccount } from "../real-values";
import { caller, zones } from "./clouds";
import {
  cloud,
  nodes,
  withAddresses,
  withFile,
  withForeignBucket,
  withLogsOf,
  withoutCards,
  withoutImages,
  withoutModel,
  withRole,
  withVolumesLeft,
  withWrongPassphrase,
  withZone,
} from "./preflight";

/** Each fault of the surroundings, and what its row says of it. */
export const preflightFaults: readonly (readonly [
  id: string,
  how: string,
  PreflightContext,
  expected: string,
])[] = [
  ["pulumi", "no CLI", cloud({ "pulumi version": "" }), "none"],
  ["pulumi", "an old CLI", cloud({ "pulumi version": "v3.100.0" }), "3.100.0"],
  ["aws-cli", "version 1", cloud({ "aws --version": "aws-cli/1.29.0" }), "1.29.0"],
  [
    "backend",
    "state on a laptop",
    cloud({ "pulumi whoami --verbose --json": '{"url":"file://~"}' }),
    "file://~",
  ],
  [
    "stack",
    "a stack that was never made",
    cloud({ "pulumi stack ls --json": "[]" }),
    "pulumi stack init prod",
  ],
  [
    "secrets",
    "a passphrase that does not fit",
    cloud({}, { output: withWrongPassphrase }),
    "incorrect passphrase",
  ],
  [
    "aws-account",
    "another account",
    cloud({ "aws sts get-caller-identity --output json": caller("root", "999999999999") }),
    "account 999999999999",
  ],
  [
    "aws-account",
    "no credentials",
    cloud({ "aws sts get-caller-identity --output json": "Unable to locate" }),
    "Unable",
  ],
  [
    "aws-quotas",
    "a quota that is too small",
    cloud({
      "aws service-quotas get-service-quota --service-code ec2 --quota-code L-DB2E81BA --region us-east-1 --output json":
        '{"Quota":{"Value":8}}',
    }),
    "32 vCPUs",
  ],
  [
    "aws-counts",
    "addresses that others have",
    cloud({}, { output: withAddresses("staging", 3) }),
    "6: 3 for this stack beside 3 of others",
  ],
  [
    "aws-administrators",
    "a role that IAM does not have",
    cloud(
      {},
      {
        output: withRole(() => {
          throw new Error("An error occurred (NoSuchEntity) when calling the GetRole operation");
        }),
      },
    ),
    "aws iam get-role --role-name platform-admin",
  ],
  [
    "aws-administrators",
    "a role of single sign-on without its path",
    cloud(
      {},
      {
        output: withRole(
          () =>
            '{"Role":{"Arn":"arn:aws:iam::481516234209:role/aws-reserved/sso.amazonaws.com/platform-admin"}}',
        ),
      },
    ),
    "role/aws-reserved/sso.amazonaws.com/platform-admin",
  ],
  [
    "aws-cluster-volumes",
    "a volume that outlived its cluster",
    withVolumesLeft(),
    "aws ec2 delete-volume --volume-id vol-0815 --region us-east-1",
  ],
  ["aws-zone", "the zone of another domain", withZone("example.org.", []), "the zone of atlas-financial.com"],
  [
    "aws-zone",
    "a domain that is still delegated elsewhere",
    withZone("atlas-financial.com.", ["ns1.registrar.test."]),
    "ns1.registrar.test",
  ],
  [
    "linode-token",
    "a token that ended",
    cloud({}, { answers: { "https://api.linode.com/v4/profile": { status: 401 } } }),
    "HTTP 401",
  ],
  [
    "linode-token",
    "a token that may only read",
    cloud(
      {},
      {
        answers: {
          "https://api.linode.com/v4/profile": { header: () => "lke:read_only account:read_write" },
        },
      },
    ),
    "read_write for lke, firewall",
  ],
  [
    "configuration",
    "an example where a value of one's own belongs",
    withFile((text) => text.replaceAll("81.2.69.0/24", "203.0.113.0/24")),
    "an address that is reserved for documentation",
  ],
  [
    "configuration",
    "a secret that is missing",
    withFile((text) => text.replace("openai-key", "groq-key")),
    "openai-key",
  ],
  [
    "aws-access",
    "credentials of a role that the cluster will not know",
    cloud({ "aws sts get-caller-identity --output json": caller("assumed-role/deploy/ci") }),
    `pulumi config set --path 'ai-platform:clusters.aws.cluster.administrators[1]' arn:aws:iam::${realAccount}:role/deploy`,
  ],
  [
    "aws-access",
    "a role of that name in another account",
    cloud({
      "aws sts get-caller-identity --output json": caller("assumed-role/platform-admin/ci", "999999999999"),
    }),
    "arn:aws:iam::999999999999:role/platform-admin",
  ],
  [
    "eks-version",
    "a version that is in extended support only",
    cloud({
      "aws eks describe-cluster-versions --region us-east-1 --output json":
        '{"clusterVersions":[{"clusterVersion":"1.35","versionStatus":"EXTENDED_SUPPORT"},{"clusterVersion":"1.37","versionStatus":"STANDARD_SUPPORT"}]}',
    }),
    "one of 1.37",
  ],
  [
    "eks-addons",
    "an add-on's version that AWS has withdrawn",
    cloud({
      "aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name coredns --region us-east-1 --output json":
        '{"addons":[{"addonVersions":[{"addonVersion":"v1.99.0-eksbuild.1"}]}]}',
    }),
    "v1.99.0-eksbuild.1",
  ],
  [
    "aws-zones",
    "a letter that is the zone without EKS in this account",
    cloud({
      "aws ec2 describe-availability-zones --region us-east-1 --output json": zones({
        "us-east-1a": "use1-az3",
        "us-east-1b": "use1-az2",
        "us-east-1c": "use1-az4",
      }),
    }),
    "us-east-1a, which is use1-az3 here",
  ],
  [
    "aws-instance-types",
    "a zone without a pool's instance types",
    cloud({}, { output: withoutCards }),
    "a type that us-east-1c offers",
  ],
  [
    "aws-buckets",
    "a bucket's name that somebody else has",
    cloud({}, { output: withForeignBucket }),
    "Forbidden",
  ],
  [
    "aws-cluster-logs",
    "a log group that EKS made again after its cluster",
    cloud({}, { output: withLogsOf("no cluster") }),
    "aws logs delete-log-group --log-group-name /aws/eks/atlas-prod/cluster --region us-east-1",
  ],
  [
    "linode-region",
    "a region without Object Storage",
    cloud(
      {},
      {
        answers: {
          "https://api.linode.com/v4/regions/fr-par": {
            body: '{"capabilities":["Kubernetes","Cloud Firewall"]}',
          },
        },
      },
    ),
    "Object Storage",
  ],
  [
    "linode-plans",
    "a plan that is sold out",
    cloud(
      {},
      {
        answers: {
          "https://api.linode.com/v4/regions/fr-par/availability": {
            body: '[{"plan":"g3-gpu-rtxpro6000-blackwell-1","available":false}]',
          },
        },
      },
    ),
    "ai-platform:clusters.linode.nodePools.gpu.plan",
  ],
  [
    "lke-version",
    "a version that LKE does not offer",
    cloud(
      {},
      { answers: { "https://api.linode.com/v4/lke/versions": { body: '{"data":[{"id":"1.36"}]}' } } },
    ),
    "one of 1.36",
  ],
  [
    "aws-reach",
    "an address that the API server turns away",
    cloud({}, { answers: { "https://checkip.amazonaws.com": { body: "9.9.9.9" } } }),
    "pulumi config set --path 'ai-platform:clusters.aws.cluster.publicAccessCidrs[1]' 9.9.9.9/32",
  ],
  [
    "linode-reach",
    "an address that LKE's API server turns away",
    cloud({}, { answers: { "https://checkip.amazonaws.com": { body: "9.9.9.9" } } }),
    "ai-platform:clusters.linode.cluster.controlPlaneCidrs[1]",
  ],
  ["images", "an image that was never built", cloud({}, { get: withoutImages(404) }), "no such image"],
  [
    "images",
    "a registry that wants to know who asks",
    cloud({}, { get: withoutImages(401) }),
    "REGISTRY_USERNAME and REGISTRY_PASSWORD have to be set",
  ],
  [
    "linode-firewall",
    "a node that the autoscaler has added",
    cloud({}, { answers: nodes([11, 12, 13], [11, 12]) }),
    "not behind it: the Linodes 13",
  ],
  [
    "linode-firewall",
    "a cluster whose firewall is gone",
    cloud({}, { answers: nodes([11], undefined) }),
    "pulumi up --refresh --stack prod",
  ],
  [
    "models",
    "a version that was never uploaded",
    cloud({}, { output: withoutModel("embedder-v1.1.0") }),
    "npm run push-model -- --model-path models/embedder-v1.1.0 --bucket atlas-ai-models --region us-east-1",
  ],
  [
    "language-model",
    "a model that there is not",
    cloud({}, { answers: { "https://huggingface.co/api/models/openai/gpt-oss-120b": { status: 404 } } }),
    "openai/gpt-oss-120b: HTTP 404",
  ],
];
