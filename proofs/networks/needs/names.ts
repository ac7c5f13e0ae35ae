import type { Call } from "../call";
import { podEnd } from "../call";
import type { Need } from "../context";

const source = "Kubernetes: DNS for Services and Pods";

/** Every pod resolves names. */
export const callsToDns: Need = ({ model, services, workloads }) =>
  workloads.flatMap((workload) => {
    const { cluster, namespace } = workload;
    // In namespaces of another stack, that stack allows the calls.
    if (!model.find({ cluster, kind: "Namespace", name: namespace })) return [];
    const object = model.find({ cluster, kind: "Service", namespace: "kube-system", name: "kube-dns" });
    if (object === undefined) return [];
    return services.workloadsOf(object).flatMap((dns) =>
      (["UDP", "TCP"] as const).map(
        (protocol): Call => ({
          cluster,
          from: podEnd(workload),
          to: podEnd(dns),
          port: 53,
          protocol,
          service: { object, port: 53 },
          why: "looks names up",
          source,
        }),
      ),
    );
  });
