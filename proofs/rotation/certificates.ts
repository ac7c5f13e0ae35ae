import { podSpecOf } from "../../model/facts/of-workload";
import { listAt, textAt } from "../../model/facts/read";
import type { ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { mountsOneByOne } from "./configuration";
import { type Reader, readersOf } from "./readers";
import { reloads } from "./reloading";

const source = "cert-manager, Certificate: it is renewed in its Secret, and pods are left as they are";

/** Every server reads its certificate again when that is renewed. */
export const certificatesAreRead: Check = ({ model }) =>
  each(
    readersOf(model).filter(({ secret }) => isRenewed(secret)),
    readerFault,
  );

/** Secrets of Certificates, and of what makes Certificates. */
function isRenewed({ origin }: ModelObject): boolean {
  return origin.by === "operator" && /^(Certificate|Ingress)\//.test(origin.of);
}

function readerFault({ workload, secret }: Reader): Fault | undefined {
  const how = workload.manifest === undefined ? undefined : readsOnce(workload, secret.name);
  const isTold = reloads(workload, secret.name);
  if (how === undefined && (isTold || trustsAlone(workload, secret.name))) return undefined;
  return {
    object: nameOf(workload),
    rule:
      how ??
      `it reads the certificate ${secret.name}, and nothing is known of it to read that again: when it is renewed, it goes on with what ends`,
    source,
    fix:
      how === undefined
        ? "say in proofs/rotation/reloading.ts how it reloads"
        : "mount the whole volume, as files",
  };
}

function readsOnce(workload: Workload, secret: string): string | undefined {
  if (
    workload.pod.containers.some(({ refs = [] }) => refs.some((ref) => ref.startsWith(`secret ${secret}/`)))
  ) {
    return `it reads the certificate ${secret} from its environment, where it is never renewed`;
  }
  const mounted = volumesOf(workload, secret).some((volume) =>
    mountsOneByOne(workload.manifest, textAt(volume, "name") ?? ""),
  );
  return mounted
    ? `it mounts a file of the certificate ${secret} by subPath, where it is never renewed`
    : undefined;
}

/** The authority's certificate alone is trusted for years: its successor is in the file long before. */
function trustsAlone(workload: Workload, secret: string): boolean {
  const volumes = volumesOf(workload, secret);
  return (
    volumes.length > 0 &&
    volumes.every((volume) => {
      const items = listAt(volume, "secret", "items");
      return items.length > 0 && items.every((item) => textAt(item, "key") === "ca.crt");
    })
  );
}

function volumesOf({ manifest }: Workload, secret: string): readonly unknown[] {
  return listAt(podSpecOf(manifest), "volumes").filter(
    (volume) => textAt(volume, "secret", "secretName") === secret,
  );
}
