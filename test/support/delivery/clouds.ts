import { type Answer, context, type PreflightContext } from "../../../delivery/preflight/context";
import { readStackFacts } from "../../../delivery/stack-facts";
import { eksAddons } from "../../../facts/aws-eks";
import { filledStackFile, realAccount, realAddress } from "../real-values";

/** A filled-in stack file, with the secrets that only people have. */
export function filledIn(stack: string): string {
  return filledStackFile(stack, {
    "alert-receivers": ["critical", "warning", "watchdog", "escalation"],
    "ai-middleware-secrets": ["openai-key", "anthropic-key", "google-key", "atatus-license-key"],
  });
}

/** What programs print, by the words that they are called with; and what web servers answer, by address. */
type Printed = Readonly<Record<string, string>>;
type Answers = Readonly<Record<string, Partial<Answer> | undefined>>;

const allWell: Printed = {
  "pulumi version": "v3.270.0",
  "aws --version": "aws-cli/2.31.0 Python/3.13",
  "pulumi whoami --verbose --json": '{"user":"ci","url":"s3://state?region=us-east-1"}',
  "pulumi config --show-secrets --json --stack prod": "{}",
  "pulumi config --show-secrets --json --stack staging": "{}",
  "pulumi stack ls --json": '[{"name":"organization/ai-platform/prod"},{"name":"staging"}]',
  "aws sts get-caller-identity --output json": caller("assumed-role/platform-admin/ci"),
  "aws eks describe-cluster-versions --region us-east-1 --output json": JSON.stringify({
    clusterVersions: [
      { clusterVersion: "1.35", versionStatus: "STANDARD_SUPPORT" },
      { clusterVersion: "1.32", versionStatus: "EXTENDED_SUPPORT" },
    ],
  }),
  "aws ec2 describe-availability-zones --region us-east-1 --output json": zones({
    "us-east-1a": "use1-az1",
    "us-east-1b": "use1-az2",
    "us-east-1c": "use1-az4",
    "us-east-1d": "use1-az3",
  }),
};

const allThere: Answers = {
  "https://checkip.amazonaws.com": { body: `${realAddress}\n` },
  "https://api.linode.com/v4/regions/fr-par": {
    body: JSON.stringify({
      capabilities: ["Kubernetes", "Cloud Firewall", "Object Storage", "Managed Databases"],
      status: "ok",
    }),
  },
  "https://api.linode.com/v4/regions/fr-par/availability": {
    body: JSON.stringify([
      { region: "fr-par", plan: "g6-standard-8", available: true },
      { region: "fr-par", plan: "g3-gpu-rtxpro6000-blackwell-1", available: true },
    ]),
  },
  "https://api.linode.com/v4/lke/clusters?page_size=500": { body: '{"data":[]}' },
  "https://api.linode.com/v4/lke/versions": {
    body: JSON.stringify({ data: [{ id: "1.35" }, { id: "1.36" }] }),
  },
};

/** What AWS answers to the question who asks: `assumed-role/platform-admin/ci`. */
export function caller(resource: string, account = realAccount): string {
  return JSON.stringify({ Account: account, Arn: `arn:aws:sts::${account}:${resource}` });
}

/** The account's zones, by name, each with its ID. */
export function zones(ids: Readonly<Record<string, string>>): string {
  const known = Object.entries(ids).map(([ZoneName, ZoneId]) => ({ ZoneName, ZoneId, State: "available" }));
  return JSON.stringify({ AvailabilityZones: known });
}

/** What AWS answers to every question by name, when all is well. */
function answered(call: string): string | undefined {
  if (call.includes("get-service-quota")) return '{"Quota":{"Value":1000}}';
  const addon = /--addon-name (\S+)/.exec(call)?.[1];
  if (addon !== undefined) {
    const [, wanted] = Object.entries(eksAddons["1.35"]).find(([name]) => name === addon) ?? [];
    return JSON.stringify({ addons: [{ addonVersions: [{ addonVersion: wanted }] }] });
  }
  const role = /get-role --role-name (\S+)/.exec(call)?.[1];
  if (role !== undefined)
    return JSON.stringify({ Role: { Arn: `arn:aws:iam::${realAccount}:role/${role}` } });
  if (call.includes("describe-addresses")) return '{"Addresses":[]}';
  if (call.includes("describe-vpcs")) return '{"Vpcs":[{"VpcId":"vpc-default"}]}';
  if (call.includes("describe-volumes")) return '{"Volumes":[]}';
  if (call.includes("describe-log-groups")) return '{"logGroups":[]}';
  if (call.includes("list-objects-v2")) return "1\n";
  const types = /Values=(\S+)/.exec(call)?.[1];
  if (types !== undefined) {
    const InstanceTypeOfferings = ["a", "b", "c"].flatMap((letter) =>
      types.split(",").map((InstanceType) => ({ InstanceType, Location: `us-east-1${letter}` })),
    );
    return JSON.stringify({ InstanceTypeOfferings });
  }
  return undefined;
}

/** Clouds in which all is well for the first `up` of a stack, but for what a test changes. */
export type Clouds = (
  changed?: Printed,
  over?: Partial<PreflightContext> & { readonly answers?: Answers },
) => PreflightContext;

/** @param project folder with the stack's file */
export function cloudsOf(project: string, stack: string): Clouds {
  return (changed = {}, { answers = {}, ...over } = {}) => {
    const printed = { ...allWell, ...changed };
    const replies = { ...allThere, ...answers };
    return {
      ...context(readStackFacts(project, stack), project),
      environment: { LINODE_TOKEN: "token" },
      today: new Date("2026-11-20"),
      memory: 16 * 1024 ** 3,
      freeDisk: async () => 100 * 1024 ** 3,
      get: async (url) => ({ status: 200, header: () => "*", body: "", ...replies[url] }),
      output: async (program, ...words) => {
        const call = [program, ...words].join(" ");
        const found = printed[call] ?? answered(call);
        if (found === undefined && call.startsWith("aws s3api head-bucket")) {
          throw new Error("An error occurred (404) when calling the HeadBucket operation: Not Found");
        }
        if (found === undefined) throw new Error(`${call}: no such program`);
        return found;
      },
      ...over,
    };
  };
}
