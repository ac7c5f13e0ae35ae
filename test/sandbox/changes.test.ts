import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { optionalServices } from "../../infra/config/platform";
import type { Summary } from "../../sandbox/engine/summary";
import { silentReporter } from "../../sandbox/reporter";
import { ensureTools } from "../../sandbox/toolchain";
import { copyProject } from "./project-copy";
import { Sandbox } from "./sandbox";

/** What one line of a stack file changes on clusters that run, and that nothing else changes with it. */
jest.setTimeout(20 * 60_000);

const stacks: ChangingStack[] = [];

/** A stack of its own copy of the project, in a sandbox of its own. */
class ChangingStack {
  readonly project = copyProject();
  readonly sandbox = new Sandbox(this.project);
  private readonly file: string;

  /** @param like the stack whose file it begins with; default: its own */
  constructor(
    private readonly stack: string,
    like = stack,
  ) {
    stacks.push(this);
    this.file = join(this.project, `Pulumi.${stack}.yaml`);
    writeFileSync(this.file, readFileSync(join(this.project, `Pulumi.${like}.yaml`), "utf8"));
    const { config } = this.read().toJS();
    // The systems, and of the platform only what they cannot do without: a change is then seen within seconds.
    this.set("platform", { ...config["ai-platform:platform"], gitops: undefined, without: optionalServices });
  }

  set(key: string, value: unknown): void {
    const document = this.read();
    document.setIn(["config", `ai-platform:${key}`], value);
    writeFileSync(this.file, document.toString());
  }

  /** Writes a section of the stack file, brings the stack up, and tells what that changed. */
  async change(key: string, value: unknown): Promise<Summary["changed"]> {
    this.set(key, value);
    await this.sandbox.succeed("up", this.stack);
    return this.sandbox.summary(this.stack).changed;
  }

  /** Runs kubectl against a cluster of the stack's. */
  async kubectl(cluster: string, ...words: string[]): Promise<string> {
    const tools = await ensureTools(["kubectl"], silentReporter);
    const { clusters } = this.sandbox.summary(this.stack);
    const kubeconfig = clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "";
    return execFileSync(tools.kubectl, ["--kubeconfig", kubeconfig, ...words], { encoding: "utf8" });
  }

  async destroyWhole(): Promise<void> {
    await this.sandbox.succeed("destroy", this.stack);
    expect({ processes: this.sandbox.processes(), files: this.sandbox.files("clusters", "clouds") }).toEqual({
      processes: [],
      files: [],
    });
  }

  remove(): void {
    this.sandbox.remove();
    rmSync(this.project, { recursive: true, force: true });
  }

  private read() {
    return parseDocument(readFileSync(this.file, "utf8"));
  }
}

afterAll(() => {
  for (const stack of stacks) stack.remove();
});

describe("a laptop's stack", () => {
  const stack = new ChangingStack("dev");
  const cluster = "ai-platform-dev";
  const aiaas = { cluster: "local" };
  const withModels = (modelVersion: string) => ({
    aiaas,
    "market-research": { cluster: "local", modelVersion },
  });

  beforeAll(() => stack.change("systems", withModels("1.1.0")));

  test("a secret that is due changes, and its consumers roll with it", async () => {
    const password = () =>
      stack.kubectl(
        cluster,
        ...["get", "secret", "aiaas-rabbitmq", "--namespace=development"],
        "--output=jsonpath={.data.password}",
      );
    const before = await password();
    expect(await stack.change("rotate", { "aiaas-rabbitmq": "leaked" })).toEqual({
      replace: ["local-secrets-development-aiaas-rabbitmq-password"],
      update: [
        "aiaas-analytics-deployment",
        "aiaas-api-router-deployment",
        "local-secrets-development-aiaas-rabbitmq",
      ],
    });
    expect(await password()).not.toBe(before);
  });

  test("another version of the models rolls forward and back, and touches what loads them alone", async () => {
    const forward = await stack.change("systems", withModels("1.2.0"));
    expect(forward).toEqual({ update: ["market-research-ner-service-deployment"] });
    expect(await stack.change("systems", withModels("1.1.0"))).toEqual(forward);
  });

  test("a system that is switched off leaves with its namespace; only the ingress forgets it", async () => {
    expect(await stack.change("systems", { aiaas })).toEqual({
      delete: expect.anything(),
      update: ["local-network-ingress-nginx-ingress"],
    });
    expect(await stack.kubectl(cluster, "get", "namespaces", "--output=name")).not.toContain(
      "marketresearch",
    );
  });

  test("and all of it can be destroyed", () => stack.destroyWhole());
});

describe("a stack of two clusters", () => {
  // Production's policies would have the data protected that a system which moves leaves behind; a laptop's advise.
  const stack = new ChangingStack("dev", "prod");
  const namespaces = (cluster: string) => stack.kubectl(cluster, "get", "namespaces", "--output=name");

  test("a system moves from the one to the other, whole", async () => {
    stack.set("protectData", false);
    await stack.change("systems", { "ai-middleware": { cluster: "aws" } });
    expect(await namespaces("atlas-prod")).toContain("ai-middleware");
    expect(await namespaces("aiaas-prod")).not.toContain("ai-middleware");

    await stack.change("systems", { "ai-middleware": { cluster: "linode" } });
    expect(await namespaces("atlas-prod")).not.toContain("ai-middleware");
    expect(await namespaces("aiaas-prod")).toContain("ai-middleware");
    const { clusters } = stack.sandbox.summary("dev");
    expect(clusters.map(({ name, pods }) => ({ name, pending: pods.Pending ?? 0 }))).toEqual([
      { name: "aiaas-prod", pending: 0 },
      { name: "atlas-prod", pending: 0 },
    ]);
  });

  test("and all of it can be destroyed", () => stack.destroyWhole());
});
