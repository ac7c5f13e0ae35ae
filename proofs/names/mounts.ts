import { podSpecOf } from "../../model/facts/of-workload";
import { listAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";
import { type Files, filesOf } from "./volume-files";

const source = "Kubernetes, volumes: API server and kubelet refuse pods whose mounts and files lead nowhere";

/** Containers mount volumes that there are, each volume is mounted, and picked files are in what they are picked from. */
export const mountsAreThere: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const spec = podSpecOf(workload.manifest);
    const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((list) =>
      listAt(spec, list),
    );
    const volumes = listAt(spec, "volumes");
    const names = [
      ...volumes.flatMap((volume) => textAt(volume, "name") ?? []),
      ...listAt(workload.manifest, "spec", "volumeClaimTemplates").flatMap(
        (claim) => textAt(claim, "metadata", "name") ?? [],
      ),
    ];
    const mounted = containers.flatMap((container) =>
      [...listAt(container, "volumeMounts"), ...listAt(container, "volumeDevices")].flatMap(
        (mount) => textAt(mount, "name") ?? [],
      ),
    );
    const found = [
      ...containers.flatMap((container) => mountFaults(model, workload, container, volumes, names)),
      ...names
        .filter((name) => !mounted.includes(name))
        .map((name) => ({
          rule: `no container mounts its volume ${name}`,
          fix: "mount it, or take it away",
        })),
      ...volumes.flatMap((volume) => pickFaults(filesOf(model, workload, volume))),
    ];
    return found.map(({ rule, fix }): Fault => ({ object: nameOf(workload), rule, source, fix }));
  });

type Found = Pick<Fault, "rule" | "fix">;

function mountFaults(
  model: Model,
  workload: Workload,
  container: unknown,
  volumes: readonly unknown[],
  names: readonly string[],
): readonly Found[] {
  const mounts = listAt(container, "volumeMounts");
  const owner = `its container ${textAt(container, "name")}`;
  const paths = mounts.flatMap((mount) => textAt(mount, "mountPath") ?? []);
  return [
    ...mounts.flatMap((mount) => {
      const name = textAt(mount, "name") ?? "";
      if (!names.includes(name)) {
        return [
          {
            rule: `${owner} mounts ${name}, which is none of its volumes`,
            fix: `name one of ${names.join(", ")}`,
          },
        ];
      }
      const files = filesOf(
        model,
        workload,
        volumes.find((volume) => textAt(volume, "name") === name),
      );
      const [path] = (textAt(mount, "subPath") ?? "").split("/");
      if (files?.paths === undefined) return [];
      return path === undefined || path === "" || files.paths.includes(path)
        ? []
        : [
            {
              rule: `${owner} mounts ${path} of the ${files.of}, which has ${files.paths.join(", ")}`,
              fix: "name one of its keys in subPath",
            },
          ];
    }),
    ...paths
      .filter((path, index) => paths.indexOf(path) < index)
      .map((path) => ({
        rule: `${owner} mounts two volumes at ${path}`,
        fix: "give each a path of its own",
      })),
  ];
}

function pickFaults(files: Files | undefined): readonly Found[] {
  return (files?.missing ?? []).map(({ key, of, keys }) => ({
    rule: `a volume picks ${key}, and the ${of} has ${keys.join(", ")}`,
    fix: "name one of its keys",
  }));
}
