import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vcpuNeeds } from "../../delivery/preflight/vcpus";
import { readStackFacts } from "../../delivery/stack-facts";
import { clustersIn } from "../../infra/config/clusters";

/*
 * The blocks of docs/going-to-production.md are run here, as they stand, with programs on the PATH that write down how they are
 * called. Each call must be one that a test carries out for real, or that names what no test has: an account.
 */
const repository = join(__dirname, "..", "..");
const page = readFileSync(join(repository, "docs", "going-to-production.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "page-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What stands in the page for a value of the reader's own. */
const values: Readonly<Record<string, string>> = {
  "<bucket>": "pulumi-state",
  "<id>": "Z123",
  "<cluster>": "atlas-prod",
  "<role>": "platform-admin",
  "<account>": "123456789012",
  "<owner>/<repository>": "atlas-financial/infrastructure",
};

function filled(text: string): string {
  return Object.entries(values).reduce((done, [name, value]) => done.replaceAll(name, value), text);
}

/** Where a command is carried out: a file, and what it says there. */
interface Shown {
  readonly command: RegExp;
  readonly by: readonly [file: string, text: string];
}

const rehearsal = "test/sandbox/first-day.test.ts";
/** Against an account that no test has: run here alone, for its words. */
const account = ["test/docs/going-to-production.test.ts", "as they stand"] as const;
const packs = "--policy-pack policies --policy-pack-config policies/config/prod.json";

const shown: readonly Shown[] = [
  { command: /^npm ci$/, by: [".github/workflows/checks.yml", "npm ci"] },
  { command: /^npm run typecheck$/, by: [".github/workflows/checks.yml", "npm run typecheck"] },
  { command: /^npm run golden$/, by: ["test/golden/golden.test.ts", "npm run golden"] },
  { command: /^npm run pin-images$/, by: ["lock/images/pin.test.ts", "pin"] },
  { command: /^npm run first-day$/, by: [rehearsal, "the first day of production"] },
  { command: /^npm run preflight -- --stack prod --clouds$/, by: [rehearsal, "walk(cloudPreflight"] },
  { command: /^npm run smoke -- --stack prod --clouds$/, by: [rehearsal, '"smoke", "prod"'] },
  { command: /^npm run validate -- --stack prod --clouds$/, by: [rehearsal, '"validate", "prod"'] },
  {
    command:
      /^npm run push-model -- --model-path models\/\S+-v\d\.\d\.\d --bucket atlas-ai-models --region us-east-1$/,
    by: ["infra/models/models.test.ts", "pushModel("],
  },
  { command: /^make guard PLAN=plan\.json$/, by: ["policies/guard/guard.test.ts", "guard"] },
  {
    command: new RegExp(`^pulumi up --stack prod ${packs}$`),
    by: [rehearsal, '"up", "prod"'],
  },
  {
    command: new RegExp(`^pulumi preview --stack prod ${packs}$`),
    by: ["test/sandbox/life.ts", '"preview", stack'],
  },
  { command: /^pulumi preview --stack prod --json$/, by: ["policies/guard/guard.test.ts", "plan"] },
  {
    command: /^pulumi preview --refresh --expect-no-changes$/,
    by: [".github/workflows/drift.yml", "--expect-no-changes"],
  },
  { command: /^pulumi (preview|up)$/, by: [rehearsal, '"up", "prod"'] },
  { command: /^pulumi up --refresh$/, by: ["test/sandbox/life.ts", '"deploy", stack'] },
  { command: /^pulumi destroy( --stack prod)?$/, by: [rehearsal, '"destroy", "prod"'] },
  { command: /^pulumi (login|stack init) \S+/, by: account },
  {
    command: /^pulumi config set --secret linode:token$/,
    by: ["test/support/config/faults/stack.ts", "linode:token"],
  },
  {
    command: /^aws service-quotas request-service-quota-increase --service-code ec2 /,
    by: ["delivery/preflight/aws.ts", "aws service-quotas request-service-quota-increase --service-code ec2"],
  },
  {
    command: /^aws iam get-role --role-name /,
    by: ["delivery/preflight/preflight.test.ts", "cloudPreflight"],
  },
  {
    command: /^pulumi stack output linodeKubeconfig --show-secrets --stack prod$/,
    by: ["test/clusters/several.test.ts", "linodeKubeconfig"],
  },
  { command: /^aws (s3api|kms|route53|logs|sso|eks|iam) \S+/, by: account },
];

/** The page's blocks of commands, each without the indentation of its list. */
function blocks(): readonly string[] {
  return [...page.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", text = ""]) =>
    text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

/** Commands in the prose: a program of the page's, and what follows. */
function spoken(): readonly string[] {
  const prose = page.replaceAll(/^( *)```sh\n[\s\S]*?^ *```$/gm, "");
  return [...prose.matchAll(/`((?:npm|make|pulumi|aws) [^`]+)`/g)].map(([, text = ""]) =>
    filled(text.replaceAll(/\s+/g, " ")),
  );
}

/** Runs a block by a shell, and answers with the calls that it makes. */
function callsOf(block: string): readonly string[] {
  const record = join(folder, "calls");
  rmSync(record, { force: true });
  for (const program of ["npm", "make", "pulumi", "aws"]) {
    const file = join(folder, program);
    writeFileSync(
      file,
      `#!/bin/sh\necho "${program} $*" >> ${record}\nif [ "$2" = create-key ]; then echo key-4711; fi\n`,
    );
    chmodSync(file, 0o755);
  }
  execFileSync("sh", ["-eu", "-c", filled(block)], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin` },
  });
  return existsSync(record) ? readFileSync(record, "utf8").trim().split("\n") : [];
}

const calls = blocks().map(callsOf);
const all = [...calls.flat(), ...spoken()];

test("every block of the page runs", () => {
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.flat().length).toBeGreaterThan(15);
});

test("each command of the page is one that a test carries out", () => {
  const unknown = all.filter((call) => !shown.some(({ command }) => command.test(call)));
  expect(unknown).toEqual([]);
});

test("each test that carries one out is there, and no command is listed that the page does not have", () => {
  const idle = shown.filter(({ command }) => !all.some((call) => command.test(call)));
  expect(idle.map(({ command }) => command.source)).toEqual([]);
  const gone = shown.filter(
    ({ by: [file, text] }) => !readFileSync(join(repository, file), "utf8").includes(text),
  );
  expect(gone.map(({ by }) => by.join(": "))).toEqual([]);
});

test("the quotas that the page asks for are those of production's pools", () => {
  const asked = calls.flat().flatMap((call) => {
    const [, code, value] = /--quota-code (\S+) --desired-value (\d+)/.exec(call) ?? [];
    return code === undefined ? [] : [{ code, vcpus: Number(value) }];
  });
  const clusters = clustersIn(readStackFacts(repository, "prod").clusters, "aws").map(({ config }) => config);
  expect(asked).toEqual(vcpuNeeds(clusters).map(({ code, vcpus }) => ({ code, vcpus })));
});

test("CI's first role trusts jobs of one environment of one repository alone", () => {
  const trust = JSON.parse(readFileSync(join(folder, "trust.json"), "utf8"));
  expect(trust.Statement).toMatchObject([
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: {
        Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      },
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:atlas-financial/infrastructure:environment:prod",
        },
      },
    },
  ]);
});

test("the alias names the key that the line before made", () => {
  expect(calls.flat()).toContainEqual(
    "aws kms create-alias --region us-east-1 --alias-name alias/pulumi --target-key-id key-4711",
  );
});
