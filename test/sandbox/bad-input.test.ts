import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isFree } from "../../sandbox/cluster/ports";
import { ChangingStack } from "./changing-stack";
import { copyProject } from "./project-copy";
import { runFolder } from "./run-folder";
import { type Run, Sandbox } from "./sandbox";

/** What people run into: each case ends with exit code 1 and words that say what to do, and never with a stack trace. */
jest.setTimeout(20 * 60_000);

const sandboxes: Sandbox[] = [];
const folders: string[] = [];

function newSandbox(project: string): Sandbox {
  const sandbox = new Sandbox(project);
  sandboxes.push(sandbox);
  return sandbox;
}

function newProject(main?: string): string {
  const project = copyProject(main);
  folders.push(project);
  return project;
}

/** Changes one place of a stack file. */
function edit(project: string, stack: string, from: string, to: string): void {
  const file = join(project, `Pulumi.${stack}.yaml`);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

function expectRefusal({ code, output }: Run, ...messages: readonly string[]): void {
  expect({ code, output }).toMatchObject({ code: 1 });
  for (const message of messages) {
    expect(output).toContain(message);
  }
  expect(output).not.toMatch(/^ +at .*\.[jt]s:\d+/m);
  // What the Automation API says of a failed command: all that it printed, once more.
  expect(output).not.toContain("code: -2");
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await sleep(20);
  }
}

afterAll(() => {
  for (const sandbox of sandboxes) {
    sandbox.empty();
    spawnSync("umount", [sandbox.cache], { stdio: "ignore" });
    sandbox.remove();
  }
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("before anything is made", () => {
  const project = newProject();
  const sandbox = newSandbox(project);

  afterEach(() => expect(sandbox.files("clouds", "clusters")).toEqual([]));

  test.each(["up", "preview", "destroy", "manifests", "drill"])(
    "%s of a stack that there is not",
    async (command) => {
      expectRefusal(
        await sandbox.run(command, "live"),
        `There is no stack "live": ${project} has dev, prod, staging. Example: make up STACK=dev`,
      );
    },
  );

  test("a stack that refers to one that is not up", async () => {
    expectRefusal(
      await sandbox.run("preview", "staging"),
      "staging refers to the stack prod, which is not up. Bring it up first: make up STACK=prod",
    );
  });

  test("a day that is none", async () => {
    const another = newSandbox(project);
    another.environment.AI_PLATFORM_TODAY = "tomorrow";
    expectRefusal(
      await another.run("preview", "dev"),
      'AI_PLATFORM_TODAY: found "tomorrow"; allowed is a date of the calendar, for example 2027-03-31',
    );
  });

  test("no tools, and no Go to build them with", async () => {
    const bare = newSandbox(project);
    const empty = mkdtempSync(join(runFolder(), "empty-"));
    folders.push(empty);
    Object.assign(bare.environment, { PATH: empty, AI_PLATFORM_TOOLS: join(empty, "tools") });
    expectRefusal(await bare.run("up", "dev"), "No Go on the PATH, and no ", "install Go 1.");
    expect(bare.files("clouds", "clusters", "pulumi")).toEqual([]);
  });

  test("several faults in a stack file, all at once", async () => {
    const faulty = newProject();
    edit(faulty, "prod", "minimum: 9, desired: 9, maximum: 20", "minimum: five, desired: 9, maximum: 20");
    edit(faulty, "prod", "minimum: 6\n", "minimum: 6\n          colour: red\n");
    edit(faulty, "prod", "dns: { zone: atlas-financial.com }", "dns: { zone: 7 }");
    const refused = await newSandbox(faulty).run("up", "prod");
    expectRefusal(
      refused,
      "3 faults in Pulumi.prod.yaml. Nothing was changed.",
      "ai-platform:clusters.aws.nodePools.general.minimum",
      "ai-platform:clusters.aws.nodePools.data-storage.colour",
      "ai-platform:clusters.aws.dns.zone",
    );
    expect(refused.output.match(/3 faults/g)).toHaveLength(1);
    expect(sandboxes.at(-1)?.files("clouds", "clusters")).toEqual([]);
  });

  test("a fault in the file of a stack of the laptop's own, before its control plane starts", async () => {
    const faulty = newProject();
    edit(faulty, "dev", "ai-platform:environment: development", "ai-platform:environment: developement");
    const refused = await newSandbox(faulty).run("up", "dev");
    expectRefusal(refused, "1 fault in Pulumi.dev.yaml. Nothing was changed.", "ai-platform:environment");
    expect(refused.output).not.toContain("Starting control plane");
    expect(sandboxes.at(-1)?.files("clouds", "clusters")).toEqual([]);
  });

  test("no token for Linode", async () => {
    const folder = mkdtempSync(join(runFolder(), "main-"));
    folders.push(folder);
    const main = join(folder, "index.js");
    const program = join(__dirname, "..", "..", "index.ts");
    // The sandbox sets one, since no real one is needed there; here the program runs as on a machine without.
    writeFileSync(
      main,
      `delete process.env.LINODE_TOKEN; module.exports = require(${JSON.stringify(program)});`,
    );
    const without = newSandbox(newProject(main));
    expectRefusal(
      await without.run("preview", "prod"),
      "ai-platform:clusters.linode",
      "found:   no token for Linode's API",
      "the secret linode:token of the stack, or LINODE_TOKEN in the environment",
    );
  });
});

/** One workload on the laptop's cluster: what befalls processes, ports and disks is the same under any program. */
const web = join(__dirname, "fixtures", "web");

afterAll(() => rmSync(join(web, "build"), { recursive: true, force: true }));

describe("a stack that is up, or on its way", () => {
  const stack = "careful";
  const sandbox = newSandbox(web);
  const cluster = "local-web-careful";

  function record(): { readonly ports: { readonly api: number } } {
    return JSON.parse(
      readFileSync(join(sandbox.cache, "ai-platform", "clusters", cluster, "cluster.json"), "utf8"),
    );
  }

  function signal(name: NodeJS.Signals, ...components: readonly string[]): void {
    const folder = join(sandbox.cache, "ai-platform", "clusters", cluster, "processes");
    for (const component of components) {
      const { pid } = JSON.parse(readFileSync(join(folder, `${component}.json`), "utf8"));
      process.kill(pid, name);
    }
  }

  test("a control plane that is killed during up: said, and healed by the next up", async () => {
    const run = sandbox.start("up", stack);
    let output = "";
    for (const stream of [run.stdout, run.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const ended = new Promise<number | null>((done) => run.on("close", done));
    await eventually(() => output.includes(`Updating (${stack})`) || run.exitCode !== null);
    // Held first, so that the kill meets objects that are being made and not a run that is faster than the test.
    signal("SIGSTOP", "kube-apiserver");
    await eventually(() => /pulumi:providers:kubernetes \S+ creat/.test(output) || run.exitCode !== null);
    signal("SIGKILL", "kube-apiserver", "etcd");
    const code = await ended;
    expectRefusal(
      { code, output },
      "cannot be reached",
      `etcd of cluster ${cluster} is not running any more. Last lines of `,
      `kube-apiserver of cluster ${cluster} is not running any more. Last lines of `,
      join("clusters", cluster, "logs", "kube-apiserver.log"),
      "The next run starts it again.",
      "The API server of local web-careful does not answer",
    );
    expect(sandbox.summary(stack).succeeded).toBe(false);

    await sandbox.succeed("up", stack);
    expect(sandbox.summary(stack).clusters[0]?.notReady).toEqual([]);
    // The same workload that the policies stop below passes where it keeps them.
    expect(sandbox.summary(stack)).toMatchObject({
      resources: { "kubernetes:apps/v1:Deployment": 1 },
      violations: [],
    });
  });

  test("a port that somebody else took: named with its taker, and the next up continues", async () => {
    const { api } = record().ports;
    signal("SIGKILL", "kube-apiserver");
    await eventually(() => isFree(api));
    const taker = createServer((connection) => connection.destroy());
    await new Promise<void>((listening) => taker.listen(api, "127.0.0.1", listening));
    const run = await sandbox.run("up", stack);
    await new Promise((closed) => taker.close(closed));
    expectRefusal(
      run,
      `Port ${api} on 127.0.0.1, which kube-apiserver of cluster ${cluster} keeps, is taken by process ${process.pid}`,
      "Stop that process and try again",
    );
    await expectNothingToDo();
  });

  test("can be destroyed after all that", async () => {
    await sandbox.succeed("destroy", stack);
    expect({ processes: sandbox.processes(), files: sandbox.files("clusters", "clouds") }).toEqual({
      processes: [],
      files: [],
    });
  });

  async function expectNothingToDo(): Promise<void> {
    await sandbox.succeed("up", stack);
    expect(Object.keys(sandbox.summary(stack).changes)).toEqual(["same"]);
  }
});

test("a fault in the file of a stack that is up: the state stays as it was, and the mended file finds nothing to do", async () => {
  const { stack } = await ChangingStack.onLaptop();
  const { sandbox, project, name } = stack;
  sandboxes.push(sandbox);
  folders.push(project);
  edit(project, name, "ai-platform:protectData: false", "ai-platform:protectData: perhaps");
  expectRefusal(
    await sandbox.run("up", name),
    `1 fault in Pulumi.${name}.yaml. Nothing was changed.`,
    "ai-platform:protectData",
  );
  edit(project, name, "ai-platform:protectData: perhaps", "ai-platform:protectData: false");
  await sandbox.succeed("up", name);
  expect(Object.keys(sandbox.summary(name).changes)).toEqual(["same"]);
});

describe("policies", () => {
  const sandbox = newSandbox(web);
  const violated = ["kubernetes-non-root", "kubernetes-resource-limits"];

  test.each(["preview", "up"])("%s stops at a workload that breaks them", async (command) => {
    expectRefusal(await sandbox.run(command, "careless"), ...violated);
    expect(sandbox.summary("careless")).toMatchObject({ succeeded: false });
    expect(sandbox.summary("careless").resources).not.toHaveProperty("kubernetes:apps/v1:Deployment");
    const mandatory = sandbox
      .summary("careless")
      .violations.filter(({ enforcement }) => enforcement === "mandatory");
    expect([...new Set(mandatory.map(({ policy }) => policy))].sort()).toEqual(violated);
  });

  test("and the stack can be destroyed", () => sandbox.succeed("destroy", "careless"));
});

describe("a full disk", () => {
  const stack = "careful";
  const sandbox = newSandbox(web);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", sandbox.cache]).status === 0;
  const testWithMount = mounted ? test : test.skip;
  const resize = (size: string): void => {
    execFileSync("mount", ["-o", `remount,size=${size}`, sandbox.cache]);
  };

  // Each size is too small for something else: files of the run itself, keys and settings, etcd's log.
  testWithMount.each(["16k", "256k", "32m"])("of %s says so, and where", async (size) => {
    resize(size);
    expectRefusal(await sandbox.run("up", stack), "The disk is full", join(sandbox.cache, "ai-platform"));
  });

  testWithMount("with room again: the next up finishes", async () => {
    resize("2g");
    await sandbox.succeed("up", stack);
  });
});
