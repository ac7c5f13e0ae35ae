import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentReporter } from "../cli/reporter";
import { localIdentity, localKubeconfig, provideLocalCluster } from "../sandbox/engine/local-cluster";
import { localClustersOf, openProject, readStackFile } from "../sandbox/engine/project";
import { simulatedClusters } from "../simulation/clusters";
import { ensureTools, toolNames } from "../toolchain";
import { measure, succeed } from "./command";
import { ours } from "./projects";
import { ratio, type Section, seconds } from "./section";

const stack = "dev";
const patience = "--timeout=300s";

/** What people have without Pulumi: the same objects, by kubectl, and waiting for the same things. */
export const peer: Section = {
  name: "peer",
  title: `Peer: the objects of ${stack} by kubectl apply --server-side and kubectl wait`,
  async run() {
    const tools = await ensureTools(toolNames, silentReporter);
    const own = ours(stack);
    const project = openProject(own.folder);
    const [local] = localClustersOf(project, readStackFile(project, stack));
    if (local === undefined) throw new Error(`${stack} has no cluster of the laptop's own`);
    const kubectl = (...words: readonly string[]): string =>
      execFileSync(tools.kubectl, ["--kubeconfig", localKubeconfig(local), ...words], {
        encoding: "utf8",
        maxBuffer: 1024 ** 3,
      });

    const folder = mkdtempSync(join(tmpdir(), "ai-platform-peer-"));
    try {
      const up = await measure("up", own);
      const definitions = kubectl("get", "customresourcedefinitions", "--output=json");
      writeFileSync(join(folder, "definitions.json"), asDeclared(definitions));
      await succeed("manifests", own);
      await measure("destroy", own);
      writeObjects(join(own.folder, "build", "manifests", stack), folder);

      const clusters = simulatedClusters(tools, silentReporter);
      await provideLocalCluster(clusters, local);
      const applied = timed(() => {
        const apply = (path: string): string =>
          kubectl("apply", "--server-side", "--force-conflicts", `--filename=${join(folder, path)}`);
        apply("definitions.json");
        kubectl("wait", "--for=condition=Established", "customresourcedefinitions", "--all", patience);
        apply("namespaces");
        apply("objects");
      });
      // Not for claims: those that a Deployment mounts are bound when it is available, and `up` waits for no others either.
      const waited = timed(() => {
        kubectl("wait", "--for=condition=Available", "deployments", "--all", "--all-namespaces", patience);
      });
      await clusters.remove(localIdentity(local));

      const work = up.seconds - up.firstResource;
      return [
        [
          ["up", "of it after start-up", "kubectl apply", "kubectl wait", "ratio of up's work to kubectl's"],
          [
            seconds(up.seconds),
            seconds(work),
            seconds(applied),
            seconds(waited),
            ratio(work, applied + waited),
          ],
        ],
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** What a server answered, without what it had set itself: it refuses to make an object of a given identity. */
function asDeclared(answer: string): string {
  const list: { readonly items: readonly Declared[] } = JSON.parse(answer);
  const items = list.items.map(({ apiVersion, kind, metadata: { name, labels, annotations }, spec }) => ({
    apiVersion,
    kind,
    metadata: { name, labels, annotations },
    spec,
  }));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

interface Declared {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: object; readonly annotations?: object };
  readonly spec: object;
}

/** Namespaces apart from what lives in them. What is secret has been left out of the manifests, so it is made up. */
function writeObjects(manifests: string, folder: string): void {
  for (const cluster of readdirSync(manifests)) {
    for (const file of readdirSync(join(manifests, cluster))) {
      const place = join(folder, file.startsWith("namespace.") ? "namespaces" : "objects");
      mkdirSync(place, { recursive: true });
      const text = readFileSync(join(manifests, cluster, file), "utf8");
      writeFileSync(
        join(place, file),
        text.replace(/"\[secret\]"/g, "{ username: made-up, password: made-up }"),
      );
    }
  }
}

function timed(work: () => void): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}
