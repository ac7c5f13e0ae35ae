import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../infra/config/environment";
import type { Endpoint } from "../../infra/data/store";
import { allowScraping } from "../../infra/kit/monitors";
import type { Site } from "../../infra/kit/site";
import { apiServer, type Party, type Pods, type Port, pods } from "../../infra/network/edge";
import type { AccountArgs } from "./account";
import { selectorOf } from "./pod";
import type { PodArgs } from "./pod-args";

/** The other end of a workload's call: a data store's or workload's address, or a party with ports. */
export type Target = Endpoint | { readonly party: Party; readonly ports: readonly (number | Port)[] };

/** Where a workload shows its metrics. */
export interface Metrics {
  /** Name of the port. */
  readonly port: string;
  /** @default "/metrics" */
  readonly path?: string;
  /** @default "30s" */
  readonly interval?: string;
}

/** What every kind of workload is told. */
export interface WorkloadArgs extends PodArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The name of the workload and of its container. Its pods are told apart by the label `app`. */
  readonly workload: string;
  /** What it calls. It can reach nothing else. */
  readonly calls?: readonly Target[];
  readonly metrics?: Metrics;
  /**
   * Environments in which the declared resources hold as they are; in others they are scaled down, as replicas are anyway.
   * @default production
   */
  readonly sizedFor?: readonly Environment[];
  /** @default the workload's own account, without any rights */
  readonly account?: Pick<AccountArgs, "account" | "role" | "rules">;
  /** What has to exist before it. */
  readonly after?: readonly pulumi.Resource[];
}

/** The pods of a workload, as the other end of an edge names them. */
export function podsOf({ namespace, workload }: Pick<WorkloadArgs, "namespace" | "workload">): Pods {
  return pods(namespace, workload, selectorOf(workload));
}

/**
 * Declares a workload's calls, including the API server if it has a role there, and the reader of its
 * metrics.
 */
export function declareEdges(args: WorkloadArgs): void {
  const { site, calls = [], metrics, ports = {}, account } = args;
  const self = podsOf(args);
  for (const target of calls) {
    if ("party" in target) site.network.allow(self, target.party, ...target.ports);
    else site.network.allow(self, target.pods, target.podPort ?? target.port);
  }
  // Who is given a role uses it.
  if ((account?.rules ?? []).length > 0) site.network.allow(self, apiServer);
  const port = metrics && ports[metrics.port];
  if (port !== undefined) allowScraping(site, self, port);
}
