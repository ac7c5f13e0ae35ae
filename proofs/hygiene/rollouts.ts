import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, numberOrTextAt, textAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";
import { budgetOf } from "./startup";

const source = "Kubernetes, Deployments: rolling update, progress deadline; StatefulSets: update strategies";

/** Kubernetes' own, where a Deployment says nothing. */
const usual = { share: "25%", progressSeconds: 600 } as const;

/** A change reaches every pod, never takes all of them at once, and has the time that its pods need. */
export const rolloutsEnd: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const found =
      workload.kind === "Deployment"
        ? [...pace(workload), ...deadline(workload)]
        : workload.kind === "StatefulSet" || workload.kind === "DaemonSet"
          ? held(workload)
          : [];
    return found.map(({ rule, fix }) => ({ object: nameOf(workload), rule, source, fix }));
  });

type Found = Pick<Fault, "rule" | "fix">;

function pace({ manifest, replicas = 1 }: Workload): readonly Found[] {
  const strategy = at(manifest, "spec", "strategy");
  if (textAt(strategy, "type") === "Recreate") {
    return replicas > 1
      ? [
          {
            rule: `its rollout ends all ${replicas} pods before it makes new ones`,
            fix: "take the strategy RollingUpdate",
          },
        ]
      : [];
  }
  const share = (field: string) => numberOrTextAt(strategy, "rollingUpdate", field) ?? usual.share;
  const [surge, missing] = [share("maxSurge"), share("maxUnavailable")];
  if (Number.parseInt(String(surge), 10) === 0 && Number.parseInt(String(missing), 10) === 0) {
    return [
      {
        rule: "its rollout may make no pod more and miss none: the API server refuses it",
        fix: "set maxSurge or maxUnavailable to 1",
      },
    ];
  }
  const taken = podsOf(missing, replicas, Math.floor);
  return replicas > 1 && taken >= replicas
    ? [
        {
          rule: `its rollout may take all ${replicas} pods at once: maxUnavailable is ${missing}`,
          fix: "let fewer pods be missing",
        },
      ]
    : [];
}

/** Pods of a number or a share of all, which is rounded. */
export function podsOf(count: number | string, all: number, round: (share: number) => number): number {
  return typeof count === "number" ? count : round((Number.parseFloat(count) / 100) * all);
}

function deadline({ manifest }: Workload): readonly Found[] {
  const seconds = numberAt(manifest, "spec", "progressDeadlineSeconds") ?? usual.progressSeconds;
  const containers = listAt(podSpecOf(manifest), "containers");
  const longest = Math.max(0, ...containers.map((container) => budgetOf(container) ?? 0));
  const ready = numberAt(manifest, "spec", "minReadySeconds") ?? 0;
  return seconds > longest + ready
    ? []
    : [
        {
          rule: `its rollout counts as failed after ${seconds} s, and a pod may take ${longest + ready} s to start`,
          fix: "raise progressDeadlineSeconds over what the startup probe allows",
        },
      ];
}

function held({ manifest }: Workload): readonly Found[] {
  const strategy = at(manifest, "spec", "updateStrategy");
  const partition = numberAt(strategy, "rollingUpdate", "partition") ?? 0;
  return textAt(strategy, "type") === "OnDelete" || partition > 0
    ? [
        {
          rule: "a change of its template does not reach all of its pods: renewed passwords and images neither",
          fix: "take the strategy RollingUpdate without a partition",
        },
      ]
    : [];
}
