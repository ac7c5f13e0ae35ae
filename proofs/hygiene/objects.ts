import { at, booleanAt, entriesAt, listAt, mapAt, numberOrTextAt, textAt } from "../../model/facts/read";
import type { ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

type Found = Pick<Fault, "rule" | "fix">;

/** Bytes that a ConfigMap or Secret may have: the store of the API server takes no more. */
const mostBytes = 1024 * 1024;

/** Characters of a CronJob's name: its Jobs add eleven. */
const mostOfCron = 52;

/** Keys that a Secret of a type has to have. */
const typed: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

/** A name that changes with what is in it: the next one is another object. */
const named = /-[0-9a-f]{8,}$/;

/** The API server takes what the program writes, now and when it changes. */
export const objectsAreTaken: Check = ({ model }) =>
  each(
    model.objects.filter(({ origin, manifest }) => origin.by === "program" && manifest !== undefined),
    (object) =>
      [...byKind(object), ...labelFaults(object)].map(
        ({ rule, fix }): Fault => ({
          object: nameOf(object),
          rule,
          source: "Kubernetes API reference, validation of names, labels, ConfigMaps, Secrets and Services",
          fix,
        }),
      ),
  );

function byKind(object: ModelObject): readonly Found[] {
  switch (object.kind) {
    case "ConfigMap":
      return [...sizeFaults(object), ...frozenFaults(object)];
    case "Secret":
      return [...sizeFaults(object), ...frozenFaults(object), ...keyFaults(object)];
    case "Service":
      return portFaults(object);
    case "CronJob":
      return object.name.length > mostOfCron
        ? [
            {
              rule: `its name has ${object.name.length} characters: the API server takes ${mostOfCron} of a CronJob`,
              fix: "shorten it",
            },
          ]
        : [];
    default:
      return [];
  }
}

function sizeFaults({ manifest }: ModelObject): readonly Found[] {
  const bytes = ["data", "stringData", "binaryData"]
    .flatMap((part) => entriesAt(manifest, part))
    .reduce((total, [key, text]) => total + key.length + Buffer.byteLength(String(text)), 0);
  return bytes > mostBytes
    ? [
        {
          rule: `it has ${Math.round(bytes / 1024)} KiB: the API server takes ${mostBytes / 1024} KiB`,
          fix: "split it, or bring large files in an image or a volume",
        },
      ]
    : [];
}

function frozenFaults({ name, manifest }: ModelObject): readonly Found[] {
  return booleanAt(manifest, "immutable") === true && !named.test(name)
    ? [
        {
          rule: "it is immutable under a name that stays: its next change is refused",
          fix: "put a checksum of its content at the end of the name, or take immutable away",
        },
      ]
    : [];
}

function keyFaults({ type = "", keys = [] }: ModelObject): readonly Found[] {
  const missing = (typed[type] ?? []).filter((key) => !keys.includes(key));
  return missing.length === 0
    ? []
    : [
        {
          rule: `it is of the type ${type} and lacks ${missing.join(", ")}: the API server refuses it`,
          fix: "add the keys, or leave the type out",
        },
      ];
}

function portFaults({ manifest }: ModelObject): readonly Found[] {
  const ports = listAt(manifest, "spec", "ports");
  const numbers = ports.map((port) => `${numberOrTextAt(port, "port")}/${textAt(port, "protocol") ?? "TCP"}`);
  const names = ports.map((port) => textAt(port, "name"));
  return [
    ...twins(numbers).map((port) => ({
      rule: `it has the port ${port} twice: the API server refuses it`,
      fix: "keep one of them",
    })),
    ...twins(names.flatMap((name) => name ?? [])).map((name) => ({
      rule: `two of its ports are called ${name}: the API server refuses it`,
      fix: "name each otherwise",
    })),
    ...(ports.length > 1 && names.includes(undefined)
      ? [
          {
            rule: "it has several ports, and not all have names: the API server refuses it",
            fix: "name each",
          },
        ]
      : []),
  ];
}

function twins(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) < index))];
}

function labelFaults({ manifest }: ModelObject): readonly Found[] {
  const all = [
    at(manifest, "metadata"),
    at(manifest, "spec", "template", "metadata"),
    at(manifest, "spec", "jobTemplate", "spec", "template", "metadata"),
  ].flatMap((metadata) => Object.entries(mapAt(metadata, "labels") ?? {}));
  return all
    .filter(([, value]) => !/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value))
    .map(([key, value]) => ({
      rule: `its label ${key} is "${value.slice(0, 80)}": the API server refuses it`,
      fix: "take 63 characters at most, of letters, digits, - _ and ., that begin and end with a letter or digit",
    }));
}
