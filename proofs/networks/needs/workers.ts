import { at, textAt } from "../../../model/facts/read";
import { type Call, podEnd } from "../call";
import type { Need } from "../context";

/** Any port above those that systems keep: libraries of training choose theirs there. */
const chosen = 45_000;

const source =
  "PyTorch, torch.distributed: workers meet at MASTER_PORT; Gloo and NCCL then connect all of them on ports that the system chooses";

/** Pods of an indexed Job with names of their own call each other: where they meet, and on ports that nothing names. */
export const callsOfWorkers: Need = ({ workloads }) =>
  workloads.flatMap((workload) => {
    const { kind, manifest, cluster, pod } = workload;
    const spec = at(kind === "CronJob" ? at(manifest, "spec", "jobTemplate") : manifest, "spec");
    if (textAt(spec, "completionMode") !== "Indexed") return [];
    if (textAt(spec, "template", "spec", "subdomain") === undefined) return [];
    const declared = pod.containers.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
    return [...declared, chosen].map(
      (port): Call => ({
        cluster,
        from: podEnd(workload),
        to: podEnd(workload),
        port,
        protocol: "TCP",
        why: "works with the other workers of its run",
        source,
      }),
    );
  });
