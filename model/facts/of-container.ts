import { addressesIn } from "./addresses";
import type { ContainerFacts } from "./pod";
import {
  at,
  booleanAt,
  entriesAt,
  listAt,
  mapAt,
  numberAt,
  numberOrTextAt,
  some,
  textAt,
  textsAt,
} from "./read";

/** In which of a pod's container lists it is. */
export type Place = "init" | "main";

/** The facts about a container in a manifest. */
export function containerFactsOf(container: unknown, place: Place): ContainerFacts {
  const isSidecar = place === "init" && textAt(container, "restartPolicy") === "Always";
  const requests = mapAt(container, "resources", "requests");
  const limits = mapAt(container, "resources", "limits");
  return {
    name: textAt(container, "name") ?? "",
    init: place === "init" ? true : undefined,
    sidecar: isSidecar ? true : undefined,
    image: textAt(container, "image") ?? "",
    ports: some(listAt(container, "ports").map(portOf)),
    resources: requests === undefined && limits === undefined ? undefined : { requests, limits },
    refs: some([...new Set(refsOf(container))].sort()),
    mounts: some(
      listAt(container, "volumeMounts")
        .flatMap((mount) => textAt(mount, "mountPath") ?? [])
        .sort(),
    ),
    security: securityOf(at(container, "securityContext")),
    probes: probesOf(container),
    urls: some(
      addressesIn([
        ...textsAt(container, "command"),
        ...textsAt(container, "args"),
        ...listAt(container, "env").flatMap((variable) => textAt(variable, "value") ?? []),
      ]),
    ),
  };
}

/** The facts about a security context of a container or a pod; undefined when it sets nothing. */
export function securityOf(context: unknown): ContainerFacts["security"] {
  const facts = {
    runAsNonRoot: booleanAt(context, "runAsNonRoot"),
    runAsUser: numberAt(context, "runAsUser"),
    runAsGroup: numberAt(context, "runAsGroup"),
    fsGroup: numberAt(context, "fsGroup"),
    readOnlyRootFilesystem: booleanAt(context, "readOnlyRootFilesystem"),
    allowPrivilegeEscalation: booleanAt(context, "allowPrivilegeEscalation"),
    privileged: booleanAt(context, "privileged"),
    drop: some(textsAt(context, "capabilities", "drop")),
    add: some(textsAt(context, "capabilities", "add")),
    seccomp: textAt(context, "seccompProfile", "type"),
  };
  return Object.values(facts).every((fact) => fact === undefined) ? undefined : facts;
}

function portOf(port: unknown): NonNullable<ContainerFacts["ports"]>[number] {
  const protocol = textAt(port, "protocol");
  return {
    name: textAt(port, "name"),
    port: numberAt(port, "containerPort") ?? 0,
    protocol: protocol === "TCP" ? undefined : protocol,
  };
}

function refsOf(container: unknown): readonly string[] {
  const single = listAt(container, "env").flatMap((variable) =>
    (["secret", "configMap"] as const).flatMap((kind) => {
      const ref = at(variable, "valueFrom", `${kind}KeyRef`);
      const name = textAt(ref, "name");
      return name === undefined ? [] : [`${kind} ${name}/${textAt(ref, "key") ?? ""}${optional(ref)}`];
    }),
  );
  const whole = listAt(container, "envFrom").flatMap((source) =>
    (["secret", "configMap"] as const).flatMap((kind) => {
      const ref = at(source, `${kind}Ref`);
      const name = textAt(ref, "name");
      return name === undefined ? [] : [`${kind} ${name}/*${optional(ref)}`];
    }),
  );
  return [...single, ...whole];
}

/** ` optional` for references without which the pod also starts. */
export function optional(reference: unknown): "" | " optional" {
  return booleanAt(reference, "optional") === true ? " optional" : "";
}

function probesOf(container: unknown): ContainerFacts["probes"] {
  const ports = (["startup", "liveness", "readiness"] as const).flatMap((name) => {
    const [port] = entriesAt(container, `${name}Probe`).flatMap(
      ([, handler]) => numberOrTextAt(handler, "port") ?? [],
    );
    return port === undefined ? [] : [[name, port] as const];
  });
  return ports.length === 0 ? undefined : Object.fromEntries(ports);
}
