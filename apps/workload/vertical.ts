import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { afterAlso, type ChildOptions, has, type Site } from "../../infra/kit/site";
import { charts } from "../../infra/platform/charts";
import type { Amount } from "./container";

/** Between which bounds a workload's requests may be. */
export interface VerticalScaling {
  readonly minimum: Amount;
  readonly maximum: Amount;
  /**
   * `recommend`: the figures are for people, because a horizontal autoscaler steers by the same resources; `steer`: the
   * requests follow. (D8)
   */
  readonly mode: "recommend" | "steer";
}

/** Arguments of {@link createRecommender}. */
export interface RecommenderArgs {
  readonly site: Site;
  readonly namespace: string;
  readonly workload: string;
  readonly vertical: VerticalScaling;
}

const modes = { recommend: "Off", steer: "InPlaceOrRecreate" } as const;

/** Watches what a workload really uses, and tells or sets its requests. (P14, 000, 001) */
export function createRecommender(
  name: string,
  { site, namespace, workload, vertical }: RecommenderArgs,
  options: ChildOptions,
): void {
  if (!has(site, "autoscaling")) return;
  new CustomResource(
    `${name}-vertical-autoscaler`,
    {
      apiVersion: "autoscaling.k8s.io/v1",
      kind: "VerticalPodAutoscaler",
      metadata: { name: `${workload}-vpa`, namespace },
      spec: {
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload },
        updatePolicy: { updateMode: modes[vertical.mode] },
        resourcePolicy: {
          containerPolicies: [
            {
              containerName: workload,
              minAllowed: { ...vertical.minimum },
              maxAllowed: { ...vertical.maximum },
            },
          ],
        },
      },
    },
    afterAlso(options, site.definitions.of(charts.verticalPodAutoscaler)),
  );
}
