import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ApiClient } from "../../api-server/client";
import { ApiError } from "../../api-server/errors";
import { isObject, type Json, type JsonObject, listAt, textAt } from "./json";
import { ruleFor } from "./readiness/rules";
import { waitUntilReady } from "./readiness/wait";
import { groupOf, nearMisses, type ServedType, type ServedTypes, typesOf } from "./served-types";
import type { Watches } from "./watch";

const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** Marks definitions that accept anything, so that the summary can say so. */
export const permissiveLabel = "ai-platform.sandbox/permissive";

/** Whose fields definitions are that the sandbox brings: not a resource's of the program. */
const manager = "ai-platform-sandbox";

/**
 * Custom resource definitions for operators whose charts are not available offline: the real ones from a
 * folder of YAML files, otherwise one that accepts everything and has a label that says so.
 */
export class Definitions {
  private readonly underway = new Map<string, Promise<ServedType>>();
  private library: Promise<readonly JsonObject[]> | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly types: ServedTypes,
    private readonly watches: Watches,
    /** Folder of YAML files with real definitions; undefined when there is none. */
    private readonly folder: string | undefined,
  ) {}

  /** The type as the API server serves it by now; undefined for a custom kind that it does not know yet. */
  async find(apiVersion: string, kind: string): Promise<ServedType | undefined> {
    const known = await this.types.find(apiVersion, kind);
    if (known !== undefined) {
      return known;
    }
    const group = groupOf(apiVersion);
    if (group.includes(".") && !(await this.types.isBuiltIn(group))) {
      return this.types.findCustom(apiVersion, kind);
    }
    throw new Error(await this.unknownKind(apiVersion, kind));
  }

  /** The type, after creating its definition if it does not exist. */
  async provide(apiVersion: string, kind: string): Promise<ServedType> {
    const known = await this.find(apiVersion, kind);
    if (known !== undefined) {
      return known;
    }
    const key = `${groupOf(apiVersion)}/${kind}`;
    const started = this.underway.get(key) ?? this.create(apiVersion, kind);
    this.underway.set(key, started);
    try {
      return await started;
    } finally {
      this.underway.delete(key);
    }
  }

  /** True of a definition that only the sandbox has written. */
  isOwn(definition: JsonObject): boolean {
    const managers = listAt(definition, "metadata", "managedFields")
      .filter((entry) => textAt(entry, "operation") === "Apply")
      .map((entry) => textAt(entry, "manager"));
    return managers.length > 0 && managers.every((one) => one === manager);
  }

  /**
   * Releases a definition to the writer of the real one: fields that only the sandbox had written are
   * removed.
   */
  async handOver(definition: JsonObject): Promise<JsonObject> {
    const name = textAt(definition, "metadata", "name");
    const manifest = {
      apiVersion: textAt(definition, "apiVersion"),
      kind: textAt(definition, "kind"),
      metadata: { name },
    };
    return this.client.apply(`${collection}/${name}`, manifest, { fieldManager: manager });
  }

  private async unknownKind(apiVersion: string, kind: string): Promise<string> {
    const near = nearMisses(await this.types.all(), apiVersion, kind);
    const hint = near.length > 0 ? `; did you mean ${near.join(", ")}?` : "";
    return `the cluster serves no ${apiVersion} ${kind}${hint}`;
  }

  private async create(apiVersion: string, kind: string): Promise<ServedType> {
    const real = (await this.realDefinitions()).find((definition) =>
      typesOf(definition).some((type) => type.apiVersion === apiVersion && type.kind === kind),
    );
    const definition = real ?? permissiveDefinition(apiVersion, kind);
    const applied = await this.apply(definition);
    const rule = ruleFor(applied);
    const established =
      rule === undefined
        ? applied
        : await waitUntilReady(this.client, this.watches, collection, applied, rule, {
            timeoutSeconds: 60,
            signal: new AbortController().signal,
            log: () => undefined,
          });
    await this.types.add(established);
    const served = await this.types.find(apiVersion, kind);
    if (served === undefined) {
      throw new Error(
        `the definition ${textAt(definition, "metadata", "name")} does not serve ${apiVersion} ${kind}`,
      );
    }
    return served;
  }

  private async apply(definition: JsonObject): Promise<JsonObject> {
    const path = `${collection}/${textAt(definition, "metadata", "name")}`;
    try {
      return await this.client.apply(path, definition, { fieldManager: manager });
    } catch (error) {
      // Somebody else's definition of this kind, seen only now: theirs it is.
      const found =
        error instanceof ApiError && error.status === 409 ? await this.client.find(path) : undefined;
      if (found === undefined) {
        throw error;
      }
      return found;
    }
  }

  private realDefinitions(): Promise<readonly JsonObject[]> {
    this.library ??= this.folder === undefined ? Promise.resolve([]) : readDefinitions(this.folder);
    return this.library;
  }
}

/** Every custom resource definition in a folder's YAML files, subfolders included. */
async function readDefinitions(folder: string): Promise<readonly JsonObject[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name));
  const contents = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
  return contents
    .flatMap((content) => parseAllDocuments(content).map((document): Json => document.toJS()))
    .filter(isObject)
    .filter((document) => textAt(document, "kind") === "CustomResourceDefinition")
    .map(({ status: _status, ...definition }) => definition);
}

/** A definition that accepts every object of a kind: nothing in them is checked. */
export function permissiveDefinition(apiVersion: string, kind: string): JsonObject {
  const group = groupOf(apiVersion);
  const plural = pluralOf(kind.toLowerCase());
  const isReserved = group.endsWith(".k8s.io") || group.endsWith(".kubernetes.io");
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      labels: { [permissiveLabel]: "true" },
      ...(isReserved && {
        annotations: { "api-approved.kubernetes.io": "unapproved, stands in for the real definition" },
      }),
    },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: clusterScoped.test(kind) ? "Cluster" : "Namespaced",
      versions: [
        {
          name: apiVersion.slice(group.length + 1),
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          subresources: { status: {} },
        },
      ],
    },
  };
}

/** Kinds that by their names belong to the whole cluster: ClusterIssuer, IngressClassParams, NodePool, ... */
const clusterScoped = /^Cluster(?!$)|Class(Params)?$|^(NodePool|NodeClaim|EC2NodeClass)$/;

function pluralOf(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) {
    return `${singular.slice(0, -1)}ies`;
  }
  return /(s|x|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}
