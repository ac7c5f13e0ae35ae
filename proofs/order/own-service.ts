import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, textAt, textsAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

/** No container that has to end before its pod serves waits for the Service that the pod itself is behind. */
export const startsWaitForOthers: Check = ({ model }) =>
  each(
    writtenWorkloads(model).filter(
      ({ manifest }) => listAt(podSpecOf(manifest), "initContainers").length > 0,
    ),
    (workload) =>
      initsOf(workload).flatMap(({ name, text }) =>
        ownServices(model, workload)
          .filter((service) => calls(text, service, workload.namespace))
          .map((service) => ({
            object: nameOf(workload),
            rule: `its container ${name} has to end before the pod serves, and calls the Service ${service}, which has this pod behind it: the first one waits for ever`,
            source:
              "Kubernetes, init containers: they run one by one before the pod is ready; Services lead to ready pods",
            fix: "wait in the container itself, or for what another workload serves",
          })),
      ),
  );

function initsOf({ manifest }: Workload): readonly { readonly name: string; readonly text: string }[] {
  return listAt(podSpecOf(manifest), "initContainers")
    .filter((container) => textAt(container, "restartPolicy") !== "Always")
    .map((container) => ({
      name: textAt(container, "name") ?? "",
      text: [
        ...textsAt(container, "command"),
        ...textsAt(container, "args"),
        ...listAt(container, "env").flatMap((variable) => textAt(variable, "value") ?? []),
      ].join(" "),
    }));
}

/** Services that all of whose pods are this workload's. */
function ownServices(model: Model, { cluster, namespace, pod, name: own }: Workload): readonly string[] {
  return model
    .of("Service")
    .filter(
      ({ selector, headless, ...service }) =>
        service.cluster === cluster &&
        service.namespace === namespace &&
        selector !== undefined &&
        headless !== true &&
        at(service.manifest, "spec", "publishNotReadyAddresses") !== true &&
        selectsLabels({ matchLabels: selector }, pod.labels) &&
        model.selected(cluster, namespace, selector).every(({ name }) => name === own),
    )
    .map(({ name }) => name);
}

/** By the whole name, or by the short one with a port. */
function calls(text: string, service: string, namespace: string): boolean {
  const whole = new RegExp(`(^|[^\\w.-])${service}\\.${namespace}(\\.svc|[:\\s/]|$)`);
  const short = new RegExp(`(//|\\s)${service}[:\\s]\\d+`);
  return whole.test(text) || short.test(text);
}
