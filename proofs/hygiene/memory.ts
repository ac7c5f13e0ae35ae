import { memoryFigure } from "../../facts/memory-figures";
import type { Model, Workload } from "../../model/model";
import { memoryMib } from "../../primitives/quantity";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

const source =
  "Kubernetes, memory limits: a container that passes its limit is ended, however often it starts again";

/** Namespaces of observability. All pods in them count. */
const ofObservability = /(^|-)(monitoring|logging|node-agents)$/;

/** A container that runs all the time, with its memory limit. */
export interface LimitedContainer {
  readonly workload: Workload;
  readonly container: string;
  readonly image: string;
  /** Mebibytes; undefined where there is no limit. */
  readonly limit: number | undefined;
}

/** The containers of data stores and of observability that run all the time. */
export function limitedContainers({ workloads }: Model): readonly LimitedContainer[] {
  return workloads
    .filter(
      ({ kind, hook, namespace, origin, pod }) =>
        hook === undefined &&
        !kind.endsWith("Job") &&
        origin.by !== "cluster" &&
        (pod.priorityClass === "data-store" ||
          ofObservability.test(namespace) ||
          pod.containers.some(({ name, image }) => memoryFigure(image, name) !== undefined)),
    )
    .flatMap((workload) =>
      workload.pod.containers
        .filter(({ init = false, sidecar = false }) => !init || sidecar)
        .map(({ name, image, resources }) => {
          const limit = resources?.limits?.memory;
          return {
            workload,
            container: name,
            image,
            limit: limit === undefined ? undefined : memoryMib(limit),
          };
        }),
    );
}

/** Behind each memory limit of a data store and of observability there is a figure, and the limit is above it. */
export const memoryHasFigures: Check = ({ model }) =>
  each(limitedContainers(model), ({ workload, container, image, limit }) => {
    const object = nameOf(workload);
    const figure = memoryFigure(image, container);
    if (figure === undefined) {
      return {
        object,
        rule: `nothing tells how much memory its container ${container} (${image}) takes`,
        source,
        fix: "measure it or look it up, and add it to facts/memory-figures.ts",
      };
    }
    if (limit === undefined) {
      return { object, rule: `its container ${container} has no memory limit`, source, fix: "set one" };
    }
    const takes = Math.ceil(figure.takes(limit));
    return takes <= limit
      ? undefined
      : {
          object,
          rule: `its container ${container} takes ${takes} MiB, and may take ${limit}: ${figure.because}`,
          source,
          fix: "raise the limit",
        };
  });
