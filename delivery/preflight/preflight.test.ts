import { join } from "node:path";
import { type Row, type Verdict, walk } from "../row";
import { readStackFacts } from "../stack-facts";
import { cloudPreflight, sandboxPreflight } from ".";
import type { Surroundings } from "./surroundings";
import { vcpuNeeds } from "./vcpus";

const facts = readStackFacts(join(__dirname, "..", ".."), "prod");

/** What programs print, by the words that they are called with. */
type Printed = Readonly<Record<string, string>>;

const allWell: Printed = {
  "pulumi version": "v3.270.0",
  "aws --version": "aws-cli/2.31.0 Python/3.13",
  "pulumi whoami --verbose --json": '{"user":"ci","url":"s3://state?region=us-east-1"}',
  "pulumi stack ls --json": '[{"name":"organization/ai-platform/prod"},{"name":"staging"}]',
  "aws sts get-caller-identity --output json":
    '{"Account":"123456789012","Arn":"arn:aws:iam::123456789012:role/deploy"}',
};

function cloud(changed: Printed = {}, over: Partial<Surroundings> = {}): Surroundings {
  const printed = { ...allWell, ...changed };
  return {
    facts,
    environment: { LINODE_TOKEN: "token" },
    memory: 16 * 1024 ** 3,
    freeDisk: async () => 100 * 1024 ** 3,
    get: async () => ({ status: 200, header: () => "*" }),
    output: async (program, ...words) => {
      const call = [program, ...words].join(" ");
      const found =
        printed[call] ?? (call.includes("get-service-quota") ? '{"Quota":{"Value":1000}}' : undefined);
      if (found === undefined) throw new Error(`${call}: no such program`);
      return found;
    },
    ...over,
  };
}

async function verdict(
  rows: readonly Row<Surroundings>[],
  id: string,
  surroundings: Surroundings,
): Promise<Verdict> {
  const [result] = await walk(
    rows.filter((row) => row.id === id),
    surroundings,
    "test",
  );
  if (result === undefined) throw new Error(`no row ${id}`);
  return result.verdict;
}

describe("the clouds", () => {
  test("nothing is found when all is well", async () => {
    const results = await walk(cloudPreflight, cloud(), "clouds");
    expect(results.map(({ id, verdict: { outcome } }) => `${id}: ${outcome}`)).toEqual(
      cloudPreflight.map(({ id }) => `${id}: pass`),
    );
  });

  const faults: readonly (readonly [id: string, how: string, Surroundings, expected: string])[] = [
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
      cloud({
        "aws sts get-caller-identity --output json": '{"Account":"999999999999","Arn":"arn:aws:iam::9:root"}',
      }),
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
      cloud({}, { get: async () => ({ status: 401, header: () => undefined }) }),
      "HTTP 401",
    ],
    [
      "linode-token",
      "a token that may only read",
      cloud({}, { get: async () => ({ status: 200, header: () => "lke:read_only account:read_write" }) }),
      "read_write for lke, firewall",
    ],
  ];
  test.each(faults)("%s: %s", async (id, _, surroundings, expected) => {
    const found = await verdict(cloudPreflight, id, surroundings);
    expect(found.outcome).toBe("fail");
    expect(JSON.stringify(found)).toContain(expected);
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
  const needs = Object.fromEntries(vcpuNeeds(facts).map(({ code, vcpus }) => [code, vcpus]));
  // general 20 x 8, ai-compute 4 x 8 of 20, data-storage 8 x 8; ai-compute 16 x 8, ai-spot-workers 10 x 4; gpu-a10 4 x 8.
  expect(needs).toEqual({ "L-1216C47A": 256, "L-34B43A08": 168, "L-DB2E81BA": 32 });
});
