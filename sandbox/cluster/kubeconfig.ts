import { readFile } from "node:fs/promises";
import { stringify } from "yaml";
import type { ClusterFolder, ClusterRecord } from "./folder";
import { replaceFile } from "./folder";

/** Kubeconfigs that the control plane's processes read, by the certificate that each presents. */
export const componentKubeconfigs = ["controller-manager", "scheduler", "kwok"] as const;

export function componentKubeconfig(
  folder: ClusterFolder,
  component: (typeof componentKubeconfigs)[number],
): string {
  return folder.path("pki", `${component}.kubeconfig`);
}

/** Writes the administrator's kubeconfig and one for each process. */
export async function writeKubeconfigs(folder: ClusterFolder, record: ClusterRecord): Promise<void> {
  await writeKubeconfig(folder, record, "admin", folder.kubeconfig);
  for (const component of componentKubeconfigs) {
    await writeKubeconfig(folder, record, component, componentKubeconfig(folder, component));
  }
}

async function writeKubeconfig(
  folder: ClusterFolder,
  record: ClusterRecord,
  certificate: string,
  path: string,
): Promise<void> {
  const context = contextOf(folder);
  const encoded = async (file: string) => (await readFile(file)).toString("base64");
  await replaceFile(
    path,
    stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: folder.id,
          cluster: {
            server: `https://127.0.0.1:${record.ports.api}`,
            "certificate-authority-data": await encoded(folder.certificate("ca")),
          },
        },
      ],
      users: [
        {
          name: `${folder.id}-${certificate}`,
          user: {
            "client-certificate-data": await encoded(folder.certificate(certificate)),
            "client-key-data": await encoded(folder.key(certificate)),
          },
        },
      ],
      contexts: [{ name: context, context: { cluster: folder.id, user: `${folder.id}-${certificate}` } }],
      "current-context": context,
    }),
  );
}

/** The laptop's own cluster is found by the context's name that its user chose, as with kind. */
function contextOf({ identity, id }: ClusterFolder): string {
  return identity.cloud === "local" ? identity.name : id;
}
