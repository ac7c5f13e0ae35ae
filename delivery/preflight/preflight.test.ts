import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clustersIn } from "../../infra/config/clusters";
import { caller, cloudsOf, filledIn, zones } from "../../test/support/delivery/clouds";
import { realAccount } from "../../test/support/real-values";
import { type Row, type Verdict, walk } from "../row";
import { readStackFacts } from "../stack-facts";
import { cloudPreflight, sandboxPreflight } from ".";
import { context, type PreflightContext } from "./context";
import { vcpuNeeds } from "./vcpus";

const project = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => rmSync(project, { recursive: true }));

writeFileSync(join(project, "Pulumi.prod.yaml"), filledIn("prod"));
const facts = readStackFacts(project, "prod");

const cloud = cloudsOf(project, "prod");

/** As `cloud`, with another text in the stack's file. */
function withFile(change: (text: string) => string): PreflightContext {
  const folder = mkdtempSync(join(project, "file-"));
  writeFileSync(join(folder, "Pulumi.prod.yaml"), change(filledIn("prod")));
  const { file, config } = context(readStackFacts(folder, "prod"), folder);
  return { ...cloud(), file, config };
}

async function verdict(
  rows: readonly Row<PreflightContext>[],
  id: string,
  context: PreflightContext,
): Promise<Verdict> {
  const [result] = await walk(
    rows.filter((row) => row.id === id),
    context,
    "test",
  );
  if (result === undefined) throw new Error(`no row ${id}`);
  return result.verdict;
}

async function withoutCards(program: string, ...words: readonly string[]): Promise<string> {
  const text = await cloud().output(program, ...words);
  if (!words.includes("describe-instance-type-offerings")) return text;
  return text.replaceAll('{"InstanceType":"g5.2xlarge","Location":"us-east-1c"},', "");
}

async function withForeignBucket(program: string, ...words: readonly string[]): Promise<string> {
  if (words.includes("head-bucket")) throw new Error("An error occurred (403): Forbidden");
  return cloud().output(program, ...words);
}

/** The group of the cluster's logs is there, and the cluster or none. */
function withLogsOf(what: "a cluster" | "no cluster"): PreflightContext["output"] {
  return async (program, ...words) => {
    if (words.includes("describe-log-groups")) {
      return '{"logGroups":[{"logGroupName":"/aws/eks/atlas-prod/cluster"}]}';
    }
    if (words.includes("describe-cluster")) {
      if (what === "no cluster") throw new Error("ResourceNotFoundException: No cluster found");
      return "{}";
    }
    return cloud().output(program, ...words);
  };
}

/** LKE's cluster has these nodes, and its firewall is before those; undefined: there is no firewall. */
function nodes(all: readonly number[], behind: readonly number[] | undefined) {
  const api = "https://api.linode.com/v4";
  const list = (data: readonly unknown[]) => ({ body: JSON.stringify({ data }) });
  return {
    [`${api}/lke/clusters?page_size=500`]: list([{ id: 7, label: "aiaas-prod" }]),
    [`${api}/lke/clusters/7/pools?page_size=500`]: list([
      { id: 1, nodes: all.map((id) => ({ id: `1-${id}`, instance_id: id })) },
    ]),
    [`${api}/networking/firewalls?page_size=500`]: list(
      behind === undefined ? [] : [{ id: 9, label: "aiaas-prod-nodes" }],
    ),
    [`${api}/networking/firewalls/9/devices?page_size=500`]: list(
      (behind ?? []).map((id) => ({ id: 100 + id, entity: { id, type: "linode" } })),
    ),
  };
}

function withoutModel(folder: string): PreflightContext["output"] {
  return async (program, ...words) =>
    words.some((word) => word.includes(folder)) ? "0\n" : cloud().output(program, ...words);
}

function withoutImages(status: number): PreflightContext["get"] {
  return async (url) => {
    const answer = await cloud().get(url);
    return url.includes("/v2/") ? { ...answer, status, header: () => undefined } : answer;
  };
}

describe("the clouds", () => {
  test("nothing is found when all is well", async () => {
    const results = await walk(cloudPreflight, cloud(), "clouds");
    expect(results.map(({ id, verdict: { outcome } }) => `${id}: ${outcome}`)).toEqual(
      cloudPreflight.map(({ id }) => `${id}: pass`),
    );
  });

  const faults: readonly (readonly [id: string, how: string, PreflightContext, expected: string])[] = [
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
  test("each row has a refusal", () => {
    // Of Node itself: a test runs in one that is new enough.
    const without = cloudPreflight.map(({ id }) => id).filter((id) => !faults.some(([row]) => row === id));
    expect(without).toEqual(["node"]);
  });

  test.each(faults)("%s: %s", async (id, _, context, expected) => {
    const found = await verdict(cloudPreflight, id, context);
    expect(found.outcome).toBe("fail");
    expect(JSON.stringify(found)).toContain(expected);
  });

  test("the logs of a cluster that stands are no hindrance", async () => {
    const found = await verdict(
      cloudPreflight,
      "aws-cluster-logs",
      cloud({}, { output: withLogsOf("a cluster") }),
    );
    expect(found.outcome).toBe("pass");
  });

  test("a registry that the stack is yet to make does not hold up its first up, once the stack says so", async () => {
    const noRegistry: PreflightContext["get"] = async (url) => {
      if (url.includes("/v2/")) throw new Error("getaddrinfo ENOTFOUND");
      return cloud().get(url);
    };
    const said = withFile((text) =>
      text.replace("ai-platform:platform:", "ai-platform:platform:\n    registryFilled: false"),
    );
    expect(await verdict(cloudPreflight, "images", { ...said, get: noRegistry })).toMatchObject({
      outcome: "not checked",
      reason: expect.stringContaining("docs/registry.md"),
    });
    const found = await verdict(cloudPreflight, "images", cloud({}, { get: noRegistry }));
    expect(found.outcome).toBe("fail");
    expect(JSON.stringify(found)).toContain(
      "pulumi config set --path 'ai-platform:platform.registryFilled' false",
    );
  });

  test("credentials open a registry that hands out tokens", async () => {
    const asked: string[] = [];
    const guarded = cloud(
      {},
      {
        environment: { REGISTRY_USERNAME: "ci", REGISTRY_PASSWORD: "secret" },
        get: async (url, headers = {}) => {
          asked.push(url);
          const answer = {
            status: 200,
            header: () => 'Bearer realm="https://auth.test/token",service="harbor"',
            body: "",
          };
          if (url.startsWith("https://auth.test")) {
            const known = headers.authorization === `Basic ${Buffer.from("ci:secret").toString("base64")}`;
            return { ...answer, status: known ? 200 : 401, body: '{"token":"opened"}' };
          }
          return { ...answer, status: headers.authorization === "Bearer opened" ? 200 : 401 };
        },
      },
    );
    expect(await verdict(cloudPreflight, "images", guarded)).toEqual({ outcome: "pass" });
    expect(asked).toContain("https://auth.test/token?service=harbor");
  });

  test("the nodes that stand are all behind the firewall", async () => {
    const found = await verdict(
      cloudPreflight,
      "linode-firewall",
      cloud({}, { answers: nodes([1, 2], [2, 1]) }),
    );
    expect(found.outcome).toBe("pass");
  });

  test("models that are to come into a bucket that the stack is yet to make do not hold up its first up", async () => {
    const empty = cloud(
      {},
      {
        output: async (program, ...words) => {
          if (words.includes("list-objects-v2")) throw new Error("An error occurred (NoSuchBucket)");
          return cloud().output(program, ...words);
        },
      },
    );
    const found = await verdict(cloudPreflight, "models", empty);
    expect(found).toMatchObject({
      outcome: "not checked",
      reason: expect.stringContaining("npm run push-model"),
    });
  });

  test("the token needs no leave for what the stack does not have", async () => {
    const scopes = ["lke", "firewall", "object_storage", "domains", "account"];
    const header = () => scopes.map((scope) => `${scope}:read_write`).join(" ");
    const around = cloud({}, { answers: { "https://api.linode.com/v4/profile": { header } } });
    expect(await verdict(cloudPreflight, "linode-token", around)).toEqual({ outcome: "pass" });
  });

  test("a token that the stack may have of its own is not checked", async () => {
    const found = await verdict(cloudPreflight, "linode-token", cloud({}, { environment: {} }));
    expect(found.outcome).toBe("not checked");
  });
});

describe("the sandbox", () => {
  test("says how much disk and memory there is, and how much there must be", async () => {
    const small = cloud({}, { memory: 1024 ** 3, freeDisk: async () => 0 });
    expect(JSON.stringify(await verdict(sandboxPreflight, "memory", small))).toContain("2.5 GiB of memory");
    expect(JSON.stringify(await verdict(sandboxPreflight, "disk", small))).toContain("2.0 GiB free");
  });
});

test("pools are counted at their largest, spot and on-demand apart", () => {
  const needs = Object.fromEntries(
    vcpuNeeds(clustersIn(facts.clusters, "aws").map(({ config }) => config)).map(({ code, vcpus }) => [
      code,
      vcpus,
    ]),
  );
  // general 20 x 8, ai-compute 4 x 8 of 20, data-storage 8 x 8; ai-compute 16 x 8, ai-spot-workers 10 x 4; gpu-a10 4 x 8.
  expect(needs).toEqual({ "L-1216C47A": 256, "L-34B43A08": 168, "L-DB2E81BA": 32 });
});
