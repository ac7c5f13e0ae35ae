import { z } from "zod";
import type { ContainerFacts } from "../../facts/pod";
import { securityContext, securityOf } from "./security";

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .transform((given) => Object.fromEntries(Object.entries(given).map(([key, value]) => [key, `${value}`])));

export const resources = z.object({ requests: quantities.optional(), limits: quantities.optional() });

const keyOf = z.object({ name: z.string(), key: z.string() });
const whole = z.object({ name: z.string() });

export const environment = z
  .array(
    z.object({
      valueFrom: z.object({ secretKeyRef: keyOf.optional(), configMapKeyRef: keyOf.optional() }).optional(),
    }),
  )
  .nullish();

/** A container as a pod template of a custom resource has it: often but a part, which the operator merges into its own. */
export const container = z.object({
  name: z.string(),
  image: z.string().optional(),
  resources: resources.optional(),
  securityContext: securityContext.optional(),
  restartPolicy: z.string().optional(),
  ports: z
    .array(
      z.object({ name: z.string().optional(), containerPort: z.number(), protocol: z.string().optional() }),
    )
    .optional(),
  env: environment,
  envFrom: z.array(z.object({ secretRef: whole.optional(), configMapRef: whole.optional() })).optional(),
  volumeMounts: z.array(z.object({ mountPath: z.string() })).optional(),
});

export type GivenContainer = z.infer<typeof container>;

/** Secrets and ConfigMaps that an environment is read from. */
export function refsOf(env: z.infer<typeof environment>): readonly string[] {
  return (env ?? []).flatMap(({ valueFrom }) => [
    ...named("secret", valueFrom?.secretKeyRef),
    ...named("configMap", valueFrom?.configMapKeyRef),
  ]);
}

function named(kind: string, ref: z.infer<typeof keyOf> | undefined): readonly string[] {
  return ref ? [`${kind} ${ref.name}/${ref.key}`] : [];
}

/** An operator's container with what the custom resource says of it: lists add to the operator's, all else replaces it. */
export function overlaid(own: ContainerFacts, given: GivenContainer | undefined): ContainerFacts {
  if (given === undefined) return own;
  const facts = factsOf(given);
  return {
    ...own,
    image: given.image ?? own.image,
    resources: facts.resources ?? own.resources,
    security: facts.security ? { ...own.security, ...defined(facts.security) } : own.security,
    ports: joined(own.ports, facts.ports),
    refs: joined(own.refs, facts.refs),
    mounts: joined(own.mounts, facts.mounts),
  };
}

/** A container that only the custom resource knows of. */
export function factsOf(given: GivenContainer): ContainerFacts {
  const whole = (given.envFrom ?? []).flatMap(({ secretRef, configMapRef }) => [
    ...(secretRef ? [`secret ${secretRef.name}`] : []),
    ...(configMapRef ? [`configMap ${configMapRef.name}`] : []),
  ]);
  const refs = [...refsOf(given.env), ...whole];
  return {
    name: given.name,
    image: given.image ?? "",
    sidecar: given.restartPolicy === "Always" ? true : undefined,
    resources: given.resources,
    security: securityOf(given.securityContext),
    ports: given.ports?.map(({ name, containerPort, protocol }) => ({ name, port: containerPort, protocol })),
    refs: refs.length > 0 ? refs : undefined,
    mounts: given.volumeMounts?.map(({ mountPath }) => mountPath),
  };
}

function joined<T>(own: T[] | undefined, given: T[] | undefined): T[] | undefined {
  return given === undefined ? own : [...(own ?? []), ...given];
}

function defined<T extends object>(given: T): Partial<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.assign({}, ...entries.map(([key, value]) => ({ [key]: value })));
}
