import { readFileSync } from "node:fs";
import { z } from "zod";
import { messageOf } from "../../cli/errors";
import { Failure } from "../../cli/failure";
import { listObjects, statusOf } from "../../model/live/list";
import { ApiClient } from "../../sandbox/api-server/client";
import { byKubeConfig } from "../../sandbox/api-server/kubeconfig-access";
import { emptyKubeConfig } from "../../sandbox/providers/kubernetes/kube-config";
import { ClusterState, type Recorded } from "./cluster-state";
import { withForward } from "./forward";
import { type Kind, paths } from "./kinds";
import type { Kubeconfig } from "./kubeconfig";
import type { Query } from "./live-cluster";

/**
 * Connects to the cluster of a kubeconfig, with any form of credentials.
 *
 * @throws Failure when the file cannot be used
 */
export function connect({ file, context }: Kubeconfig): ApiClient {
  const config = emptyKubeConfig();
  try {
    config.loadFromString(readFileSync(file, "utf8"));
    if (context !== undefined) config.setCurrentContext(context);
    return new ApiClient(byKubeConfig(config), { attempts: 5 });
  } catch (error) {
    throw new Failure(`${file} cannot be used: ${messageOf(error)}`);
  }
}

/**
 * Reads every object of the kinds that rows need, as it is now. Kinds that the cluster does not serve are
 * left out.
 */
export async function readState(api: ApiClient): Promise<ClusterState> {
  const recorded: Partial<Record<Kind, readonly unknown[]>> = {};
  const names = Object.keys(paths).filter(isKind);
  await Promise.all(
    names.map(async (kind) => {
      const objects = await listServed(api, paths[kind]);
      if (objects !== undefined) recorded[kind] = objects;
    }),
  );
  return new ClusterState(recorded satisfies Recorded);
}

/** The part of Prometheus' answer that contains a single figure. */
const answer = z.looseObject({
  data: z.looseObject({ result: z.array(z.looseObject({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** Queries the Prometheus in a namespace. */
export function prometheusOf(kubeconfig: Kubeconfig, namespace: string): Query {
  const place = { namespace, service: "prometheus-operated", port: 9090 };
  return (query) =>
    withForward(kubeconfig, place, async (baseUrl) => {
      const response = await fetch(`${baseUrl}/api/v1/query?${new URLSearchParams({ query })}`);
      const [first] = answer.parse(await response.json()).data.result;
      const figure = Number.parseFloat(first?.value[1] ?? "");
      return Number.isNaN(figure) ? undefined : figure;
    });
}

/** The objects at a path; undefined when the cluster does not serve the kind. */
async function listServed(api: ApiClient, path: string): Promise<readonly unknown[] | undefined> {
  try {
    return await listObjects(api, path);
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

function isKind(name: string): name is Kind {
  return name in paths;
}
