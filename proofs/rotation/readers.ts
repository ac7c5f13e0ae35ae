import type { Model, ModelObject, Workload } from "../../model/model";

/** A workload whose pods read a Secret. */
export interface Reader {
  readonly workload: Workload;
  readonly secret: ModelObject;
}

/**
 * Every workload that reads a Secret of its namespace, in its environment or as files. Jobs are left out:
 * each run reads it again.
 */
export function readersOf(model: Model): readonly Reader[] {
  return model.workloads
    .filter(({ kind, hook }) => !kind.endsWith("Job") && hook === undefined)
    .flatMap((workload) =>
      secretsOf(workload).flatMap((name) => {
        const { cluster, namespace } = workload;
        const secret = model.find({ cluster, kind: "Secret", namespace, name });
        return secret === undefined ? [] : [{ workload, secret }];
      }),
    );
}

/** Names of the Secrets that a workload's pods read. */
export function secretsOf(workload: Workload): readonly string[] {
  return readsOf(workload, "secret");
}

/** Names of the Secrets or ConfigMaps that a workload's pods read. */
export function readsOf({ pod }: Workload, kind: "secret" | "configMap"): readonly string[] {
  const inEnvironment = pod.containers.flatMap(({ refs = [] }) =>
    refs.filter((ref) => ref.startsWith(`${kind} `)).map((ref) => nameOf(ref).replace(/\/.*$/, "")),
  );
  const mounted = (pod.volumes ?? []).filter((volume) => volume.startsWith(`${kind} `)).map(nameOf);
  return [...new Set([...inEnvironment, ...mounted])];
}

function nameOf(reference: string): string {
  return reference.split(" ")[1] ?? "";
}
