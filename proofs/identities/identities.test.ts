import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { identities } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(identities, evidenceOf(...pieces));

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: object,
) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const account = "123456789012";
const key = (name: string): Piece => ({
  type: "aws:kms/key:Key",
  name: `aws-${name}-key-key`,
  inputs: {
    policy: document({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    }),
  },
});
const bucket = (purpose: string, region: string): Piece => ({
  type: "aws:s3/bucket:Bucket",
  name: `aws-storage-${purpose}-bucket`,
  inputs: {},
  options: { provider: `pulumi:providers:aws::aws-${region}` },
});
const region = (name: string): Piece => ({
  type: "pulumi:providers:aws",
  name: `aws-${name}`,
  inputs: { region: name },
});
const here = [
  { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} },
  region("us-east-1"),
  region("us-west-2"),
  {
    type: "aws:eks/cluster:Cluster",
    name: "aws-cluster-cluster",
    inputs: { name: "atlas-prod", version: "1.35", roleArn: "arn:aws:iam::123456789012:role/cluster" },
    options: { provider: "pulumi:providers:aws::aws-us-east-1" },
  },
  ...["cluster", "data", "replica"].map(key),
  bucket("backups", "us-east-1"),
  bucket("backups-replica", "us-west-2"),
];

const role = (name: string, ...statements: readonly object[]): readonly Piece[] => [
  {
    type: "aws:iam/role:Role",
    name,
    inputs: {
      assumeRolePolicy: document({
        ...allow(["sts:AssumeRole", "sts:TagSession"], []),
        Principal: { Service: "pods.eks.amazonaws.com" },
      }),
    },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: `${name}-policy`,
    inputs: { role: `${name}-id`, policy: document(...statements) },
  },
];
const forAccount = (name: string, namespace: string, serviceAccount: string): Piece => ({
  type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  name: `${name}-association`,
  inputs: {
    clusterName: "atlas-prod",
    namespace,
    serviceAccount,
    roleArn: `arn:aws:iam/role:Role:${name}`,
  },
});
const serviceAccount = (namespace: string, name: string) =>
  object(`account-${name}`, "v1", "ServiceAccount", { metadata: { name, namespace } });

const backups = "arn:aws:s3/bucket:Bucket:aws-storage-backups-bucket";
const replica = "arn:aws:s3/bucket:Bucket:aws-storage-backups-replica-bucket";
const keyArn = (name: string) => `arn:aws:kms/key:Key:aws-${name}-key-key`;
const over = (where: string) => ({ StringLike: { "kms:ViaService": `s3.${where}.amazonaws.com` } });

describe("replication", () => {
  const statements = (copies: readonly string[]) => [
    allow(["s3:GetReplicationConfiguration", "s3:ListBucket"], backups),
    allow(
      ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      `${backups}/*`,
    ),
    allow(["s3:ReplicateObject", "s3:ReplicateTags"], `${replica}/*`),
    allow("kms:Decrypt", keyArn("data"), over("us-east-1")),
    allow(copies, keyArn("replica"), over("us-west-2")),
  ];
  const name = "aws-storage-backups-replication-role";

  test("takes more of the replica's key than to encrypt", () => {
    expect(faults(...here, ...role(name, ...statements(["kms:Encrypt"])))).toEqual([
      expect.stringContaining(`kms:GenerateDataKey on ${keyArn("replica")}`),
      expect.stringContaining(`kms:Decrypt on ${keyArn("replica")}`),
    ]);
    const all = ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"];
    expect(faults(...here, ...role(name, ...statements(all)))).toEqual([]);
  });
});

describe("restore checks", () => {
  const name = "aws-roles-atlas-timescaledb-restore-check-role";
  const folders = ["recovery/atlas/timescaledb", "postgresql/atlas/timescaledb"];
  const reading = (objects: readonly string[], condition?: object) => [
    allow("s3:ListBucket", backups, condition),
    allow("s3:GetObject", objects),
    allow("kms:Decrypt", keyArn("data"), over("us-east-1")),
  ];
  const pieces = [
    ...here,
    forAccount(name, "atlas", "atlas-timescaledb-restore-check"),
    serviceAccount("atlas", "atlas-timescaledb-restore-check"),
  ];
  const own = folders.map((folder) => `${backups}/${folder}/*`);
  const prefixes = { "s3:prefix": folders.flatMap((folder) => [folder, `${folder}/*`]) };

  test("do not read Velero's Secrets, or what others keep", () => {
    const found = faults(...pieces, ...role(name, ...reading([`${backups}/*`])));
    expect(found).toContainEqual(
      expect.stringContaining(`s3:GetObject on ${backups}/velero/object is allowed`),
    );
    expect(found).toContainEqual(expect.stringContaining("s3:prefix=recovery/other/ is allowed"));
    expect(faults(...pieces, ...role(name, ...reading(own, { StringLikeIfExists: prefixes })))).toEqual([]);
  });

  test("do not read what other stores of their namespace keep", () => {
    const wide = ["recovery/atlas", "postgresql/atlas"];
    const prefixes = { "s3:prefix": wide.flatMap((folder) => [folder, `${folder}/*`]) };
    const objects = wide.map((folder) => `${backups}/${folder}/*`);
    const found = faults(...pieces, ...role(name, ...reading(objects, { StringLikeIfExists: prefixes })));
    expect(found).toEqual([
      expect.stringContaining(`s3:GetObject on ${backups}/recovery/atlas/other/object is allowed`),
    ]);
  });

  test("ask for the bucket itself, which names no folder", () => {
    expect(faults(...pieces, ...role(name, ...reading(own, { StringLike: prefixes })))).not.toEqual([]);
  });

  test("do not use the key past S3", () => {
    const direct = allow("kms:Decrypt", keyArn("data"));
    expect(
      faults(...pieces, ...role(name, ...reading(own, { StringLikeIfExists: prefixes }), direct)),
    ).toEqual([expect.stringContaining(`kms:Decrypt on ${keyArn("data")} is allowed`)]);
  });
});

test("a role is for an account that there is", () => {
  const name = "aws-roles-aiaas-backup-role";
  const found = faults(...here, ...role(name), forAccount(name, "production", "aiaas-backup"));
  expect(found).toContainEqual(
    `${name}: it is for the account production/aiaas-backup, which nothing makes on the cluster`,
  );
});

describe("a second EKS cluster", () => {
  const second: readonly Piece[] = [
    {
      type: "pulumi:providers:kubernetes",
      name: "aws-eu-kubernetes",
      inputs: {},
      options: { parent: "ai-platform:aws:AwsPlatform::aws-eu" },
    },
    {
      type: "aws:eks/cluster:Cluster",
      name: "aws-eu-cluster-cluster",
      inputs: { name: "atlas-eu", version: "1.35", roleArn: "arn:aws:iam::123456789012:role/cluster" },
      options: { provider: "pulumi:providers:aws::aws-us-west-2" },
    },
    { ...key("data"), name: "aws-eu-data-key-key" },
  ];
  const name = "aws-eu-roles-external-secrets-role";
  const reads = (cluster: string, where: string) =>
    role(
      name,
      allow(
        ["GetResourcePolicy", "GetSecretValue", "DescribeSecret", "ListSecretVersionIds"].map(
          (action) => `secretsmanager:${action}`,
        ),
        `arn:aws:secretsmanager:${where}:${account}:secret:${cluster}/*`,
      ),
    );
  const association = forAccount(name, "platform-system", "external-secrets");

  test("has roles for its own things, in its own region", () => {
    const found = (...statements: readonly Piece[]) =>
      faults(...here, ...second, association, ...statements).filter(
        (fault) => !fault.includes("for the account"),
      );
    expect(found(...reads("atlas-eu", "us-west-2"))).toEqual([]);
    expect(found(...reads("atlas-prod", "us-east-1"))).toContainEqual(
      expect.stringContaining(`${name}: secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-west-2`),
    );
  });

  test("does not find its accounts on the other", () => {
    const onTheFirst = serviceAccount("platform-system", "external-secrets");
    expect(faults(...here, ...second, association, ...reads("atlas-eu", "us-west-2"), onTheFirst)).toEqual([
      `${name}: it is for the account platform-system/external-secrets, which nothing makes on the cluster`,
    ]);
  });
});

test("of each role it is known what its software calls", () => {
  expect(faults(...here, ...role("aws-odd-role"))).toEqual([
    "aws-odd-role: nothing is known of the calls that its software makes",
  ]);
});

test("whoever solves challenges by Route 53 has a role", () => {
  const issuer = (solver: object) =>
    object("issuer", "cert-manager.io/v1", "ClusterIssuer", {
      metadata: { name: "letsencrypt" },
      spec: {
        acme: { server: "https://acme.example", privateKeySecretRef: { name: "a" }, solvers: [solver] },
      },
    });
  expect(faults(...here, issuer({ dns01: { route53: { region: "us-east-1" } } }))).toEqual([
    expect.stringContaining("cert-manager has no role for it"),
  ]);
  expect(faults(...here, issuer({ http01: { ingress: {} } }))).toEqual([]);
});

describe("Linode", () => {
  const token = (scopes: string): Piece => ({
    type: "linode:index/token:Token",
    name: "dns",
    inputs: { scopes },
  });
  const access = (...buckets: readonly string[]): Piece => ({
    type: "linode:index/objectStorageKey:ObjectStorageKey",
    name: "linode-object-storage-key-backups",
    inputs: {
      label: "backups",
      bucketAccesses: buckets.map((bucketName) => ({ bucketName, permissions: "read_write" })),
    },
  });

  test("tokens and keys open what they are for", () => {
    expect(faults(token("domains:read_write"), access("backups"))).toEqual([]);
    expect(faults(token("*"))).toEqual([expect.stringContaining("its scopes * open more")]);
    expect(faults(token("domains:read_write linodes:read_write"))).toHaveLength(1);
    expect(faults(access())).toEqual([expect.stringContaining("it opens every bucket of the account")]);
    expect(faults(access("backups", "state"))).toEqual([expect.stringContaining("it opens 2 buckets")]);
  });
});

test("a key that only reads does not write what it is for", () => {
  const key = (permissions: string): Piece => ({
    type: "linode:index/objectStorageKey:ObjectStorageKey",
    name: "linode-object-storage-key-backups",
    inputs: { label: "key", bucketAccesses: [{ bucketName: "backups", permissions }] },
  });
  expect(faultsOf(identities, evidenceOf(key("read_write")))).toEqual([]);
  expect(faultsOf(identities, evidenceOf(key("read_only")))).toEqual([
    "linode-object-storage-key-backups: it only reads, and backups is written with it",
  ]);
});
