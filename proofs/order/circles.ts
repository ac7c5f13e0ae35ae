import { Dependencies } from "../../model/dependencies";
import { nameOf } from "../proof";
import { secretsOf } from "../rotation/readers";
import { type Check, each, nothing, sum } from "../verdict";

/** Nothing waits for itself, and the program's Secrets and ConfigMaps come before the pods that need them. */
export const nothingWaitsForever: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const order = new Dependencies(plan);
  const own = model.workloads.filter(({ origin }) => origin.by === "program");
  return sum([
    each(plan.resources, ({ urn, name }) =>
      order.isBefore(urn, urn)
        ? {
            object: name,
            rule: "it waits for itself, over what it depends on",
            source: "Pulumi: a resource is made after everything that it depends on",
            fix: "take one of the dependencies of the circle away",
          }
        : undefined,
    ),
    each(own, (workload) => {
      const { cluster, namespace } = workload;
      const user = order.makerOf(workload);
      const needed = [
        ...secretsOf(workload).map((name) => ({ kind: "Secret", name })),
        ...(workload.pod.volumes ?? []).flatMap((volume) => {
          const [kind = "", name = ""] = volume.split(" ");
          return kind === "configMap" ? [{ kind: "ConfigMap", name }] : [];
        }),
      ];
      return needed.flatMap((one) => {
        const found = model.find({ cluster, namespace, ...one });
        const maker = found && order.makerOf(found);
        const isLate = found?.origin.by === "program" && maker && user && order.isBefore(user.urn, maker.urn);
        return isLate
          ? [
              {
                object: nameOf(workload),
                rule: `it comes before its ${one.kind} ${one.name}, and waits to be ready`,
                source: "Kubernetes: pods wait for the Secrets and ConfigMaps that they mount",
                fix: "let it come after, or not wait",
              },
            ]
          : [];
      });
    }),
  ]);
};
