import { allowedAdditions, excessOf, isRoot } from "../containers/rights";
import { everywhereAndInJson, type Property } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, entries, isObject, items, unknown, type Value } from "../value";

interface Configuration {
  readonly allowedAdditions: readonly string[];
}

/** Devices that are made to be shared: accelerators and fast networks. */
const shared = /^\/dev\/(infiniband|neuron|nvidia|dri|kfd|fuse|net\/tun|null|zero|u?random)/;

export const awsContainerRights: ResourcePolicy<Configuration> = {
  id: "aws-container-rights",
  scope: "resource",
  what: "Containers of ECS and Batch are not privileged, not root, and share no namespace, path or device with their machine; no access point of EFS makes its clients root.",
  why: "A privileged task is root on its machine, and takes the roles of all the others there.",
  severity: "critical",
  standards: ["AWS Security Hub ECS.3, ECS.4, ECS.20", "PCI-DSS 4: 2.2.6", "K6"],
  remediation:
    "Remove privileged, pidMode and ipcMode host, networkMode host (set awsvpc), paths and devices of the machine and added capabilities; set user to another than root.",
  configuration: { allowedAdditions },
  appliesTo: (type) => /^aws:(ecs\/taskDefinition|batch\/jobDefinition|efs\/accessPoint):/.test(type),
  *validate({ properties }, { allowedAdditions: allowed }) {
    const owner = at(properties, "posixUser", "uid");
    if (isRoot(owner)) yield "posixUser.uid is 0, so every client of it is root: set another user.";
    // Every definition of a container names its image.
    for (const property of everywhereAndInJson(properties, /image/i)) {
      yield* opened(property, allowed);
      if (isObject(property.value)) yield* ofUser(property.path, property.value, properties);
    }
  },
};

/** Sharings with the machine. The provider reads the names in JSON without regard to case. */
function* opened({ path, key, value }: Property, allowed: readonly string[]): Iterable<string> {
  const name = key.toLowerCase();
  if (["privileged", "hostnetwork", "allowprivilegeescalation"].includes(name) && String(value) === "true") {
    yield `${path} is true: set false.`;
  } else if (["pidmode", "ipcmode", "networkmode"].includes(name) && value === "host") {
    yield `${path} is host: ${name === "networkmode" ? "set awsvpc" : "remove it"}.`;
  } else if (typeof value === "string" && value !== "" && isOfMachine(path, value)) {
    yield `${path} is ${value}, which is the machine's: use another kind of volume.`;
  } else if (/(^|\.)driverOpts$/i.test(path) && /\bbind\b/.test(String(field(value, "o")))) {
    yield `${path} binds ${String(field(value, "device"))} of the machine: use another kind of volume.`;
  } else if (/capabilities\.add$/i.test(path) && Array.isArray(value)) {
    const added = excessOf(value, allowed);
    if (added.length > 0)
      yield `${path} adds ${added.join(", ")}: remove it (allowed: ${allowed.join(", ") || "none"}).`;
  } else if (/^dockerSecurityOptions$/i.test(key) && /unconfined|label:disable/.test(String(value))) {
    // The list itself is looked at item by item.
    if (typeof value === "string") yield `${path} is ${value}: remove it.`;
  } else if (name === "podproperties" && isObject(value) && field(value, "hostNetwork") === undefined) {
    yield `${path}.hostNetwork is not set, which means the machine's network: set false.`;
  }
}

/** Whether a text is a path or a device of the machine in the place for one. */
function isOfMachine(path: string, value: string): boolean {
  if (/devices\[\d+\]\.hostPath$/i.test(path)) return !shared.test(value);
  return /volumes\[\d+\]\.(hostPath(\.path)?|host\.sourcePath)$/i.test(path);
}

/** Machines of Fargate are one task's alone, and what runs there on Windows has no root. */
function isAlone(properties: Value): boolean {
  const platforms = at(properties, "requiresCompatibilities") ?? at(properties, "platformCapabilities");
  const system = at(properties, "runtimePlatform", "operatingSystemFamily");
  if (platforms === unknown || system === unknown) return true;
  const isFargate = items(platforms).some((one) => one === "FARGATE" || one === unknown);
  return (isFargate && !items(platforms).includes("EC2")) || String(system).startsWith("WINDOWS");
}

function* ofUser(path: string, container: Value, properties: Value): Iterable<string> {
  if (field(container, "image") === undefined) return;
  const context = field(container, "securityContext");
  const isPod = /eksProperties/i.test(path);
  const place = isPod ? "securityContext.runAsUser" : "user";
  const user = isPod ? field(context, "runAsUser") : field(container, "user");
  if (isRoot(user)) yield `${path}.${place} is ${String(user)}, which is root: set another user.`;
  if (user !== undefined || context === unknown || isAlone(properties)) return;
  const isRefused = field(context, "runAsNonRoot");
  if (isRefused === true || isRefused === unknown) return;
  yield `${path}.${place} is not set, so it may be root: set another user.`;
}

/** A field of an object, however its name is spelled; undefined when it is not set. */
function field(value: Value | undefined, name: string): Value | undefined {
  if (value === unknown) return unknown;
  const [, found] = entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
  return found ?? undefined;
}
