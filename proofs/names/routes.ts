import { at, textAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

const source = "Kubernetes, references by name: the API server takes names that lead nowhere";

/** Ingresses and webhooks lead to existing Services and ports, and autoscalers to existing workloads. */
export const routesLeadSomewhere: Check = ({ model }) =>
  sum([
    each(model.of("Ingress"), (ingress) =>
      (ingress.routes ?? []).flatMap(({ service, port }) =>
        leads(model, ingress, ingress.namespace, service, port)
          ? []
          : [
              {
                object: nameOf(ingress),
                rule: `it leads to port ${port} of the Service ${service}, which is not there`,
                source,
                fix: "name a Service of its namespace, and one of its ports",
              },
            ],
      ),
    ),
    each(model.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"), (configuration) =>
      (configuration.webhooks ?? []).flatMap(({ name, service: { name: service, namespace, port = 443 } }) =>
        leads(model, configuration, namespace, service, port)
          ? []
          : [
              {
                object: nameOf(configuration),
                rule: `its webhook ${name} asks port ${port} of the Service ${namespace}/${service}, which is not there`,
                source,
                fix: "name a Service that there is",
              },
            ],
      ),
    ),
    each(model.of("HorizontalPodAutoscaler", "VerticalPodAutoscaler"), (scaler) => {
      const [path, { cluster, namespace }] = [
        scaler.kind === "HorizontalPodAutoscaler" ? "scaleTargetRef" : "targetRef",
        scaler,
      ];
      const target = at(scaler.manifest, "spec", path);
      const [kind, name] = [textAt(target, "kind"), textAt(target, "name")];
      const isThere =
        kind === undefined ||
        name === undefined ||
        model.find({ cluster, kind, namespace, name }) !== undefined;
      return isThere
        ? undefined
        : {
            object: nameOf(scaler),
            rule: `it scales ${kind} ${name}, which is not there`,
            source,
            fix: "name a workload of its namespace",
          };
    }),
  ]);

function leads(
  model: Model,
  { cluster }: ModelObject,
  namespace: string | undefined,
  name: string,
  port: string | number,
): boolean {
  const service = model.find({ cluster, kind: "Service", namespace, name });
  return service?.ports?.some((one) => one.port === port || one.name === port) === true;
}
