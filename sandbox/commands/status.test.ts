import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifySelf } from "../../cli/process-identity";
import { status } from "./status";

const folder = mkdtempSync(join(tmpdir(), "status-"));
const cache = join(folder, "ai-platform");
const before = process.env.XDG_CACHE_HOME;

beforeAll(() => {
  process.env.XDG_CACHE_HOME = folder;
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\n");
  for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "config: {}\n");
});

afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(folder, { recursive: true });
});

function write(file: string, content: object): void {
  mkdirSync(join(cache, file, ".."), { recursive: true });
  writeFileSync(join(cache, file), JSON.stringify(content));
}

async function shown(): Promise<string> {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  await status({ projectDirectory: folder }).finally(() => spy.mockRestore());
  return lines.join("");
}

test("nothing is up: where it would be, and how to begin", async () => {
  const text = await shown();
  expect(text).toContain(`cache   ${cache}`);
  expect(text).toContain("No stack is up. Bring one up: make up STACK=dev");
});

test("a stack and a cluster: what they are, what they take, how to stop them", async () => {
  const resources = [{ urn: "urn:pulumi:dev::shop::a:b:C::d", type: "a:b:C" }];
  write("pulumi/state/.pulumi/stacks/shop/dev.json", { version: 3, checkpoint: { latest: { resources } } });
  const ports = { api: 1234, etcd: 1235, etcdPeer: 1236 };
  write("clusters/local-shop/cluster.json", {
    cloud: "local",
    name: "shop",
    version: "1.35",
    token: "",
    ports,
  });
  write("clusters/local-shop/processes/etcd.json", identifySelf());
  write("clusters/local-shop/processes/kwok.json", { pid: 2 ** 22, started: "never" });
  const text = await shown();
  expect(text).toContain("stack dev: 1 resources. Take it down: make destroy STACK=dev");
  expect(text).not.toContain("stack prod");
  expect(text).toMatch(
    /cluster local-shop: 1 of 2 processes run; [1-9]\d* MiB, https:\/\/127\.0\.0\.1:1234\n/,
  );
  expect(text).toContain(`KUBECONFIG=${join(cache, "clusters/local-shop/kubeconfig")} kubectl get nodes`);
});

test("a cluster that a reboot has taken down is said to be stopped", async () => {
  write("clusters/local-shop/processes/etcd.json", { pid: 2 ** 22, started: "never" });
  expect(await shown()).toContain(
    "cluster local-shop: 0 of 2 processes run; stopped, the next run of its stack starts it",
  );
});
