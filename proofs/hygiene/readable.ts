import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, numberAt, textAt } from "../../model/facts/read";
import type { Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

/** The bit by which everyone may read a file. */
const others = 0o004;

/** Users of a pod may read the files of its Secrets and ConfigMaps, which belong to root. */
export const filesAreReadable: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const spec = podSpecOf(workload.manifest);
    // With a group of its files, kubelet lets the group read them.
    if (numberAt(spec, "securityContext", "fsGroup") !== undefined || !isBarredFromRoot(spec)) return [];
    return closedIn(workload).map(({ volume, mode }) => ({
      object: nameOf(workload),
      rule: `files of its volume ${volume} have the mode 0${mode.toString(8)} and belong to root, which its containers must not be: they cannot read them`,
      source: "Kubernetes, volumes: defaultMode; security context: fsGroup",
      fix: "set fsGroup of the pod, or a mode with which all read",
    }));
  });

function isBarredFromRoot(spec: unknown): boolean {
  return at(spec, "securityContext", "runAsNonRoot") === true;
}

function closedIn({ manifest }: Workload): readonly { readonly volume: string; readonly mode: number }[] {
  return listAt(podSpecOf(manifest), "volumes").flatMap((volume) =>
    (["secret", "configMap", "projected"] as const).flatMap((kind) => {
      const part = at(volume, kind);
      const modes = [
        numberAt(part, "defaultMode"),
        ...[
          part,
          ...listAt(part, "sources").flatMap((one) => [at(one, "secret"), at(one, "configMap")]),
        ].flatMap((one) => listAt(one, "items").map((item) => numberAt(item, "mode"))),
      ];
      return modes.flatMap((mode) =>
        mode !== undefined && (mode & others) === 0 ? [{ volume: textAt(volume, "name") ?? "", mode }] : [],
      );
    }),
  );
}
