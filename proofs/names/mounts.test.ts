import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { mountsAreThere } from "./mounts";

const map = object("scripts", "v1", "ConfigMap", {
  metadata: { name: "scripts", namespace },
  data: { "backup.sh": "" },
});
const secret = object("key", "v1", "Secret", {
  metadata: { name: "key", namespace },
  stringData: { password: "[secret]" },
});

interface Options {
  readonly volumes: readonly object[];
  readonly mounts?: readonly object[];
  readonly initMounts?: readonly object[];
}

const faults = ({ volumes, mounts = [{ name: "files", mountPath: "/files" }], initMounts }: Options) =>
  faultsOf(
    mountsAreThere,
    evidenceOf(
      map,
      secret,
      deployment({
        container: { volumeMounts: mounts },
        pod: {
          volumes,
          ...(initMounts && {
            initContainers: [{ name: "first", image: "first:1", volumeMounts: initMounts }],
          }),
        },
      }),
    ),
  );

const scratch = { name: "files", emptyDir: {} };
const ofMap = (...items: readonly object[]) => ({
  name: "files",
  configMap: { name: "scripts", ...(items.length > 0 && { items }) },
});
const at = (subPath: string) => [{ name: "files", mountPath: "/files/one", subPath }];
const of = (...sources: readonly object[]) => ({ name: "files", projected: { sources } });

test.each<readonly [string, Options, string | undefined]>([
  ["that there is", { volumes: [scratch] }, undefined],
  [
    "that there is not",
    {
      volumes: [scratch],
      mounts: [
        { name: "file", mountPath: "/file" },
        { name: "files", mountPath: "/files" },
      ],
    },
    "its container cart mounts file, which is none of its volumes",
  ],
  [
    "that there is not, before the others",
    { volumes: [scratch], initMounts: [{ name: "file", mountPath: "/file" }] },
    "its container first mounts file",
  ],
  [
    "that a container before the others has",
    { volumes: [scratch], mounts: [], initMounts: at("") },
    undefined,
  ],
  ["of no container", { volumes: [scratch], mounts: [] }, "no container mounts its volume files"],
  [
    "and another at the same path",
    {
      volumes: [scratch, { name: "more", emptyDir: {} }],
      mounts: ["files", "more"].map((name) => ({ name, mountPath: "/files" })),
    },
    "mounts two volumes at /files",
  ],
  ["of a ConfigMap, one file", { volumes: [ofMap()], mounts: at("backup.sh") }, undefined],
  [
    "of a ConfigMap, a file that it has not",
    { volumes: [ofMap()], mounts: at("backups.sh") },
    "mounts backups.sh of the ConfigMap scripts, which has backup.sh",
  ],
  [
    "of a ConfigMap, a key under another name",
    { volumes: [ofMap({ key: "backup.sh", path: "run.sh" })], mounts: at("run.sh") },
    undefined,
  ],
  [
    "of a ConfigMap, the name that it had",
    { volumes: [ofMap({ key: "backup.sh", path: "run.sh" })], mounts: at("backup.sh") },
    "which has run.sh",
  ],
  [
    "of a ConfigMap, a key that is not there",
    { volumes: [ofMap({ key: "backups.sh", path: "run.sh" })] },
    "a volume picks backups.sh, and the ConfigMap scripts has backup.sh",
  ],
  [
    "of a Secret, a key that is not there",
    { volumes: [{ name: "files", secret: { secretName: "key", items: [{ key: "user", path: "user" }] } }] },
    "a volume picks user, and the Secret key has password",
  ],
  [
    "of a Secret, a key that may be missing",
    {
      volumes: [
        {
          name: "files",
          secret: { secretName: "key", optional: true, items: [{ key: "user", path: "user" }] },
        },
      ],
    },
    undefined,
  ],
  [
    "of several, a key that is not there",
    {
      volumes: [
        of(
          { serviceAccountToken: { path: "token" } },
          { secret: { name: "key", items: [{ key: "user", path: "user" }] } },
        ),
      ],
    },
    "a volume picks user",
  ],
  [
    "of several, of which not all are known",
    {
      volumes: [of({ serviceAccountToken: { path: "token" } }, { secret: { name: "key" } })],
      mounts: at("token"),
    },
    undefined,
  ],
])("a volume %s", (_, options, rule) => {
  expect(faults(options)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
});

test("a StatefulSet's claims are volumes", () => {
  const set = (name: string) =>
    object("store", "apps/v1", "StatefulSet", {
      metadata: { name: "store", namespace },
      spec: {
        volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }],
        template: {
          spec: {
            containers: [{ name: "store", image: "store:1", volumeMounts: [{ name, mountPath: "/data" }] }],
          },
        },
      },
    });
  expect(faultsOf(mountsAreThere, evidenceOf(set("data")))).toEqual([]);
  expect(faultsOf(mountsAreThere, evidenceOf(set("date")))).toHaveLength(2);
});
