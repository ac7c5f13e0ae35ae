import { podSpecOf } from "../../model/facts/of-workload";
import { at, booleanAt, entriesAt, listAt, mapAt, numberAt, textAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { quantityOf } from "../../policies/quantity";
import { selectsLabels } from "../../primitives/labels";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

const source = "Kubernetes API reference, PodSpec, Container, LabelSelector: validation";

type Found = Pick<Fault, "rule" | "fix">;

/** The API server takes the workload, and kubelet starts its containers. */
export const workloadsAreTaken: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const spec = podSpecOf(workload.manifest);
    const containers = ["initContainers", "containers"].flatMap((list) => listAt(spec, list));
    const names = containers.flatMap((container) => textAt(container, "name") ?? []);
    const found = [
      ...selectorFaults(workload),
      ...names
        .filter((name, index) => names.indexOf(name) < index)
        .map((name) => ({
          rule: `two of its containers are called ${name}: the API server refuses it`,
          fix: "name each otherwise",
        })),
      ...containers.flatMap((container) => [
        ...resourceFaults(container),
        ...portFaults(container),
        ...userFaults(container, spec),
      ]),
    ];
    return found.map(({ rule, fix }) => ({ object: nameOf(workload), rule, source, fix }));
  });

function selectorFaults({ kind, manifest }: Workload): readonly Found[] {
  const selector = at(manifest, "spec", "selector");
  if (kind.endsWith("Job") || kind === "Pod" || selector === undefined) return [];
  const matchLabels = mapAt(selector, "matchLabels");
  const labels = mapAt(manifest, "spec", "template", "metadata", "labels");
  return matchLabels === undefined || selectsLabels({ matchLabels }, labels)
    ? []
    : [
        {
          rule: "its selector is not of the labels of its own pods: the API server refuses it",
          fix: "select by labels of the template",
        },
      ];
}

function resourceFaults(container: unknown): readonly Found[] {
  const owner = `its container ${textAt(container, "name")}`;
  const limits = mapAt(container, "resources", "limits") ?? {};
  const requests = mapAt(container, "resources", "requests") ?? {};
  const all = [...entriesAt(requests), ...entriesAt(limits)];
  return [
    ...all
      .filter(([, value]) => quantityOf(String(value)) === undefined)
      .map(([name, value]) => ({
        rule: `${owner} has ${value} of ${name}, which is no quantity`,
        fix: "write 500m, 512Mi or 2Gi",
      })),
    ...Object.entries(requests).flatMap(([name, request]) => {
      const [least, most] = [quantityOf(request), quantityOf(limits[name] ?? "")];
      return least !== undefined && most !== undefined && least > most
        ? [
            {
              rule: `${owner} asks for ${request} of ${name} and may have ${limits[name]}: the API server refuses it`,
              fix: "raise the limit",
            },
          ]
        : [];
    }),
  ];
}

function portFaults(container: unknown): readonly Found[] {
  const ports = listAt(container, "ports");
  const names = ports.flatMap((port) => textAt(port, "name") ?? []);
  return [
    ...names
      .filter((name) => !/^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(name))
      .map((name) => ({
        rule: `its container ${textAt(container, "name")} calls a port ${name}: the API server refuses the name`,
        fix: "take 15 characters at most, of a-z, 0-9 and -",
      })),
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => ({
        rule: `its container ${textAt(container, "name")} has two ports ${name}`,
        fix: "name each otherwise",
      })),
  ];
}

function userFaults(container: unknown, spec: unknown): readonly Found[] {
  const own = at(container, "securityContext");
  const ofPod = at(spec, "securityContext");
  const isBarred = booleanAt(own, "runAsNonRoot") ?? booleanAt(ofPod, "runAsNonRoot") ?? false;
  const user = numberAt(own, "runAsUser") ?? numberAt(ofPod, "runAsUser");
  return isBarred && user === 0
    ? [
        {
          rule: `its container ${textAt(container, "name")} runs as root and must not: kubelet never starts it`,
          fix: "set runAsUser to another number",
        },
      ]
    : [];
}
