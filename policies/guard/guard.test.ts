import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { todayVariable } from "../day";
import { type Approval, readApprovals } from "./approval";
import { judge } from "./guard";
import { readPlan } from "./plan";

const urn = (type: string, name = "models"): string =>
  `urn:pulumi:prod::ai-platform::ai-platform:aws:Storage$${type}::${name}`;
const bucket = urn("aws:s3/bucket:Bucket");
const day = "2027-03-31";

function plan(...steps: readonly (readonly [op: string, urn: string, protect?: boolean])[]): string {
  return JSON.stringify({
    steps: steps.map(([op, urn, protect]) => ({ op, urn, oldState: { urn, protect } })),
    changeSummary: {},
  });
}

function approval(overrides: Partial<Approval> = {}): Approval {
  return { urn: bucket, operation: "replace", until: day, reason: "it moves", ...overrides };
}

const replaced = plan(["create-replacement", bucket], ["replace", bucket], ["delete-replaced", bucket]);

describe("a plan", () => {
  test.each([
    ["aws:s3/bucket:Bucket"],
    ["aws:efs/fileSystem:FileSystem"],
    ["aws:eks/cluster:Cluster"],
    ["linode:index/databasePostgresqlV2:DatabasePostgresqlV2"],
    ["linode:index/lkeCluster:LkeCluster"],
    ["kubernetes:core/v1:PersistentVolumeClaim"],
    ["kubernetes:kafka.strimzi.io/v1:Kafka"],
    ["kubernetes:postgresql.cnpg.io/v1:Cluster"],
  ])("that deletes or replaces %s is refused, once for each resource", (type) => {
    for (const operation of ["delete", "replace"]) {
      const { refused } = judge(readPlan(plan([operation, urn(type)], [operation, urn(type)])), [], day);
      expect(refused).toEqual([
        `${operation} ${urn(type)}: it holds data or is protected, and no approval names it`,
      ]);
    }
  });

  test("that deletes anything protected is refused", () => {
    const role = urn("aws:iam/role:Role");
    expect(judge(readPlan(plan(["delete", role, true])), [], day).refused).toHaveLength(1);
    expect(judge(readPlan(plan(["delete", role])), [], day).refused).toEqual([]);
  });

  test("that changes, makes or keeps a bucket is not", () => {
    const steps = readPlan(
      plan(["update", bucket], ["create", bucket], ["same", bucket], ["refresh", bucket]),
    );
    expect(judge(steps, [], day)).toEqual({ refused: [], approved: [] });
  });

  test("of nothing has no steps", () => {
    expect(readPlan('{ "changeSummary": { "same": 3 } }')).toEqual([]);
  });

  test("may come as one event to a line", () => {
    const event = { resourcePreEvent: { metadata: { op: "delete", urn: bucket, old: { protect: true } } } };
    const lines = [event, { summaryEvent: {} }].map((one) => JSON.stringify(one)).join("\n");
    expect(readPlan(lines)).toEqual([
      { operation: "delete", urn: bucket, type: "aws:s3/bucket:Bucket", protect: true },
    ]);
  });

  test.each([
    ["nothing", ""],
    ["a half", '{"steps": ['],
    ["events without an end", '{"preludeEvent": {}}'],
    ["a list", "[]"],
  ])("of %s is no plan", (_, text) => {
    expect(() => readPlan(text)).toThrow("this is no finished plan");
  });

  test("with a step that says nothing is none either", () => {
    expect(() => readPlan('{"steps": [{}]}')).toThrow("a step of the plan has no op or no urn: {}");
  });
});

describe("an approval", () => {
  test("lets through what it names, and is shown with its reason", () => {
    expect(judge(readPlan(replaced), [approval()], day)).toEqual({
      refused: [],
      approved: [`replace ${bucket}: approved until ${day}: it moves`],
    });
  });

  test("that has expired does not count", () => {
    const { refused } = judge(readPlan(replaced), [approval({ until: "2027-03-30" })], day);
    expect(refused).toEqual([`replace ${bucket}: its approval expired after 2027-03-30`]);
  });

  test.each<Partial<Approval>>([{ urn: `${bucket}-2` }, { operation: "delete" }])(
    "for %j lets nothing else through",
    (other) => {
      expect(judge(readPlan(replaced), [approval(other)], day).refused).toHaveLength(1);
    },
  );

  test.each<readonly [string, unknown, string]>([
    ["no list", {}, "approvals must be a list"],
    ["no URN", [approval({ urn: "models" })], "approvals[0].urn must be the resource's URN"],
    ["no date", [approval(), approval({ until: "soon" })], "approvals[1].until must be a date"],
    ["no reason", [approval({ reason: " " })], "approvals[0].reason must be a text that says why"],
    [
      "no operation",
      [{ ...approval(), operation: "lose" }],
      'approvals[0].operation must be "delete" or "replace"',
    ],
  ])("with %s is refused", (_, approvals, message) => {
    expect(() => readApprovals(JSON.stringify(approvals))).toThrow(message);
  });

  test("is in force in the project's own file only while it must be", () => {
    expect(readApprovals(readFileSync(join(__dirname, "approvals.json"), "utf8"))).toEqual([]);
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "guard-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = (...files: readonly string[]) => runOn(day, ...files);
  const runOn = (today: string, ...files: readonly string[]) =>
    spawnSync(
      process.execPath,
      ["--require", join(__dirname, "../../cli/typescript.js"), join(__dirname, "main.ts"), ...files],
      {
        encoding: "utf8",
        env: { ...process.env, [todayVariable]: today },
      },
    );

  afterAll(() => rmSync(folder, { recursive: true }));

  test("fails on a loss that nobody approved, and passes with an approval", () => {
    const lost = file("plan.json", replaced);
    const without = run(lost);
    expect([without.status, without.stderr]).toEqual([
      1,
      expect.stringContaining(`refused: replace ${bucket}`),
    ]);
    const approvals = file("approvals.json", JSON.stringify([approval()]));
    expect(run(lost, approvals)).toMatchObject({ status: 0, stdout: expect.stringContaining("it moves") });
  });

  test("judges by the day that it was handed, and says so", () => {
    const approvals = file("until.json", JSON.stringify([approval()]));
    const late = runOn("2027-04-01", file("plan.json", replaced), approvals);
    expect([late.status, late.stderr]).toEqual([
      1,
      expect.stringContaining("AI_PLATFORM_TODAY is set: approvals are judged as on 2027-04-01."),
    ]);
  });

  const missing = join(folder, "missing.json");

  test.each<readonly [string, () => readonly string[], string]>([
    ["is not there", () => [missing], `plan ${missing}: ENOENT: no such file or directory`],
    ["is a folder", () => [folder], `plan ${folder}: EISDIR: illegal operation on a directory`],
    ["is no JSON", () => [file("text", "error: no stack selected")], "text: this is no finished plan"],
    ["is empty, on standard input", () => [], "plan on standard input: this is no finished plan"],
  ])("a plan that %s is refused by name, with how to get one, and nothing more", (_, words, cause) => {
    const { status, stdout, stderr } = run(...words());
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(cause);
    expect(stderr).toMatch(/^error: plan .*`pulumi preview --stack prod --json > plan\.json` writes one\n$/);
  });

  test("approvals that are no JSON are refused by name", () => {
    const approvals = file("approvals.txt", "none");
    const { status, stderr } = run(file("plan.json", replaced), approvals);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: approvals .*approvals\.txt: .*JSON.*\n$/m);
  });

  test("an argument that it does not know is refused", () => {
    expect(run("--aprove")).toMatchObject({
      status: 1,
      stderr: "error: unknown argument --aprove: npm run guard -- --help shows what there is\n",
    });
  });
});
