import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { context, type PreflightContext } from "../../../delivery/preflight/context";
import { type Row, type Verdict, walk } from "../../../delivery/row";
import { readStackFacts } from "../../../delivery/stack-facts";
import { cloudsOf, filledIn } from "./clouds";

export const project = mkdtempSync(join(tmpdir(), "preflight-"));

afterAll(() => rmSync(project, { recursive: true }));

writeFileSync(join(project, "Pulumi.prod.yaml"), filledIn("prod"));

export const facts = readStackFacts(project, "prod");

export const cloud = cloudsOf(project, "prod");

/** As `cloud`, with another text in the stack's file. */
export function withFile(change: (text: string) => string): PreflightContext {
  const folder = mkdtempSync(join(project, "file-"));
  writeFileSync(join(folder, "Pulumi.prod.yaml"), change(filledIn("prod")));
  const { file, config } = context(readStackFacts(folder, "prod"), folder);
  return { ...cloud(), file, config };
}

export async function verdict(
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

export async function withoutCards(program: string, ...words: readonly string[]): Promise<string> {
  const text = await cloud().output(program, ...words);
  if (!words.includes("describe-instance-type-offerings")) return text;
  return text.replaceAll('{"InstanceType":"g5.2xlarge","Location":"us-east-1c"},', "");
}

export async function withForeignBucket(program: string, ...words: readonly string[]): Promise<string> {
  if (words.includes("head-bucket")) throw new Error("An error occurred (403): Forbidden");
  return cloud().output(program, ...words);
}

export async function withWrongPassphrase(program: string, ...words: readonly string[]): Promise<string> {
  if (words.includes("--show-secrets")) throw new Error("error: incorrect passphrase");
  return cloud().output(program, ...words);
}

/** The group of the cluster's logs is there, and the cluster or none. */
export function withLogsOf(what: "a cluster" | "no cluster"): PreflightContext["output"] {
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
export function nodes(all: readonly number[], behind: readonly number[] | undefined) {
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

export function withoutModel(folder: string): PreflightContext["output"] {
  return async (program, ...words) =>
    words.some((word) => word.includes(folder)) ? "0\n" : cloud().output(program, ...words);
}

export function withoutImages(status: number): PreflightContext["get"] {
  return async (url) => {
    const answer = await cloud().get(url);
    return url.includes("/v2/") ? { ...answer, status, header: () => undefined } : answer;
  };
}

/** Volumes that no pod has, and no cluster that they are of; of a stack that protects nothing. */
export function withVolumesLeft(cluster: "a cluster" | "no cluster" = "no cluster"): PreflightContext {
  const unprotected = withFile((text) =>
    text.replace("config:\n", "config:\n  ai-platform:protectData: false\n"),
  );
  return {
    ...unprotected,
    output: async (program, ...words) => {
      if (words.includes("describe-volumes")) return '{"Volumes":[{"VolumeId":"vol-0815"}]}';
      if (words.includes("describe-cluster") && cluster === "no cluster") {
        throw new Error("ResourceNotFoundException: No cluster found");
      }
      return words.includes("describe-cluster") ? "{}" : cloud().output(program, ...words);
    },
  };
}

/** The account has so many addresses: of other stacks, or of this one. */
export function withAddresses(stack: string, count: number): PreflightContext["output"] {
  const quota = "--quota-code L-0263D0A3";
  return async (program, ...words) => {
    const Addresses = Array.from({ length: count }, () => ({ Tags: [{ Key: "stack", Value: stack }] }));
    if (words.includes("describe-addresses")) return JSON.stringify({ Addresses });
    return words.join(" ").includes(quota) ? '{"Quota":{"Value":5}}' : cloud().output(program, ...words);
  };
}

/** IAM's answer to whoever asks for a role. */
export function withRole(answer: () => string): PreflightContext["output"] {
  return async (program, ...words) =>
    words.includes("get-role") ? answer() : cloud().output(program, ...words);
}

/** A zone that was there before, and the name servers that the domain is delegated to. */
export function withZone(name: string, servers: readonly string[]): PreflightContext {
  const named = withFile((text) =>
    text.replace(
      "zone: atlas-financial.com",
      "zone: atlas-financial.com\n        existingZoneId: Z0123456789",
    ),
  );
  const zone = { HostedZone: { Name: name }, DelegationSet: { NameServers: ["ns-1.awsdns-01.org"] } };
  return {
    ...named,
    output: async (program, ...words) =>
      words.includes("get-hosted-zone") ? JSON.stringify(zone) : cloud().output(program, ...words),
    get: async (url) => ({
      ...(await cloud().get(url)),
      body: JSON.stringify({ Answer: servers.map((data) => ({ data })) }),
    }),
  };
}
