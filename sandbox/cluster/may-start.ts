import type { Pod } from "./cloud-controller/objects";

/** Annotation of the pods that kwok may start: what they name is there, says the cloud controller. */
export const mayStart = { key: "ai-platform.sandbox/may-start", value: "true" } as const;

/** Annotation of pods that are not Ready without what people bring: the program says there what that is. */
export const waitsForAnnotation = "ai-platform/waits-for";

/** How a container is told which Secret to make. */
export const secretNameArgument = "--secret-name=";

/** The ConfigMap that every namespace has, and every pod a volume of. */
const authorityCertificate = "kube-root-ca.crt";

/** What a pod may have to wait for, as a query for kwok: pods without an answer start at once. */
export const mayWaitQuery = `
.metadata.annotations["${waitsForAnnotation}"],
( .spec |
( ( .containers[], .initContainers[]? ) |
  .envFrom[]?,
  ( .env[]?.valueFrom | .configMapKeyRef, .secretKeyRef ),
  ( .args[]? | select( startswith( "${secretNameArgument}" ) ) ) ),
( .volumes[]? |
  .configMap,
  .secret,
  ( .projected.sources[]? | .secret, ( .configMap | select( .name != "${authorityCertificate}" ) ) ) ) ) |
select( . != null )`;

/** The same question in TypeScript: the cloud controller has to let go what kwok does not start by itself. */
export function mayHaveToWait({ metadata, spec }: Pod): boolean {
  if (metadata.annotations?.[waitsForAnnotation] !== undefined) return true;
  const byContainer = [...spec.containers, ...(spec.initContainers ?? [])].some(
    ({ env = [], envFrom = [], args = [] }) =>
      envFrom.length > 0 ||
      env.some(({ valueFrom }) => valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef) ||
      args.some((argument) => argument.startsWith(secretNameArgument)),
  );
  const sources = (spec.volumes ?? []).flatMap((volume) => [
    { configMap: volume.configMap, secret: volume.secret },
    ...(volume.projected?.sources ?? []).filter(({ configMap }) => configMap?.name !== authorityCertificate),
  ]);
  return byContainer || sources.some(({ configMap, secret }) => configMap ?? secret);
}
