import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, pod } from "../testing/samples";
import { unknown, type Value } from "../value";
import { volumeTypes } from "./volume-types";

function mounting(...volumes: readonly Value[]): Sample {
  return pod({ containers: [container()], volumes });
}

const refused =
  "app: spec.volumes[0].nfs is no type of volume that a restricted pod may have: use a persistentVolumeClaim.";
const nfs = { name: "shared", nfs: { server: "10.0.0.1", path: "/" } };

export const volumeTypesCases: Cases = {
  policy: volumeTypes,
  catches: [
    { name: "a server's own export", resources: [mounting(nfs)], violations: [refused] },
    {
      name: "a driver that mounts what the pod asks for",
      resources: [
        mounting({ name: "root", csi: { driver: "hostpath.csi.k8s.io", volumeAttributes: { path: "/" } } }),
      ],
      violations: [
        "app: spec.volumes[0].csi.driver is hostpath.csi.k8s.io, which no class and no quota limits here: use a persistentVolumeClaim, or name it in csiDrivers.",
      ],
    },
  ],
  passes: [
    {
      name: "claims and what Kubernetes provides",
      resources: [
        mounting(
          { name: "data", persistentVolumeClaim: { claimName: "data" } },
          { name: "tmp", emptyDir: {}, nfs: null },
          { name: "settings", configMap: { name: "settings" } },
          { name: "secrets", csi: { driver: "secrets-store.csi.k8s.io" } },
        ),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "which server is not known",
        resources: [mounting({ name: unknown, nfs: { server: unknown } })],
        violations: [refused],
      },
    ],
    passes: [
      { name: "the volume is not known", resources: [mounting(unknown, { name: "shared", nfs: unknown })] },
    ],
  },
  faults: faults.pod("volumes", faults.appended({ name: "shared", nfs: { server: "a", path: "/" } })),
};
