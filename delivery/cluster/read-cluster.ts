import { readFileSync } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";
import { Failure } from "../../sandbox/failure";
import { ApiClient, ApiError } from "../../sandbox/providers/kubernetes/api";
import { listAt, textAt } from "../../sandbox/providers/kubernetes/json";
import { ClusterState, type Recorded } from "./cluster-state";
import { type Kind, paths } from "./kinds";
import type { Query } from "./live-cluster";

/** Objects of one answer: a large cluster is read in pieces. */
const pageSize = "500";

/**
 * Connects to the cluster of a kubeconfig, whatever it says about credentials.
 *
 * @param source a kubeconfig's path, or its content
 * @param context another context than the current one
 */
export function connect(source: string, context?: string): ApiClient {
  const { KubeConfig } = kubernetesClient();
  const config: KubeConfig = new KubeConfig();
  const isPath = !source.includes("\n") && !source.trimStart().startsWith("{");
  try {
    config.loadFromString(isPath ? readFileSync(source, "utf8") : source);
    if (context !== undefined) config.setCurrentContext(context);
    return new ApiClient(config);
  } catch (error) {
    throw new Failure(
      `${isPath ? source : "The kubeconfig"} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Reads every object that is looked at, as it is now. Kinds that the cluster does not serve are left out. */
export async function readState(api: ApiClient): Promise<ClusterState> {
  const recorded: Partial<Record<Kind, readonly unknown[]>> = {};
  const names = Object.keys(paths).filter(isKind);
  await Promise.all(
    names.map(async (kind) => {
      const objects = await listAll(api, paths[kind]);
      if (objects !== undefined) recorded[kind] = objects;
    }),
  );
  return new ClusterState(recorded satisfies Recorded);
}

/** Asks Prometheus through the API server, so that nothing has to be forwarded. */
export function prometheusOf(api: ApiClient, namespace: string): Query {
  const path = `/api/v1/namespaces/${namespace}/services/prometheus-operated:9090/proxy/api/v1/query`;
  return async (query) => {
    const sample = Number.parseFloat(textAt(await api.get(path, { query }), "data", "result", 0, "value", 1));
    return Number.isNaN(sample) ? undefined : sample;
  };
}

async function listAll(api: ApiClient, path: string): Promise<readonly unknown[] | undefined> {
  const objects: unknown[] = [];
  let next = "";
  do {
    const found = await page(api, path, next);
    if (found === undefined) return undefined;
    objects.push(...found.items);
    next = found.next;
  } while (next !== "");
  return objects;
}

/** One piece of a list, and where the next begins; undefined when the cluster does not serve the kind. */
async function page(api: ApiClient, path: string, from: string) {
  try {
    const answer = await api.get(path, { limit: pageSize, ...(from !== "" && { continue: from }) });
    return { items: listAt(answer, "items"), next: textAt(answer, "metadata", "continue") };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function isKind(name: string): name is Kind {
  return name in paths;
}

/** Loaded when a cluster is looked at: it takes a third of a second. */
function kubernetesClient(): typeof import("@kubernetes/client-node") {
  return require("@kubernetes/client-node");
}
