import type { ApiClient } from "../../api-server/client";
import { ApiError } from "../../api-server/errors";
import { at, type Json, type JsonObject, listAt, textAt } from "./json";

/** A kind that the API server serves. */
export interface ServedType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Group of `apps/v1`; the core group (`v1`) is the empty string. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Path of a type's objects: in one namespace, or everywhere. */
export function collectionPath(type: ServedType, namespace?: string): string {
  const root = groupOf(type.apiVersion) === "" ? `/api/${type.apiVersion}` : `/apis/${type.apiVersion}`;
  const scope = type.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
  return `${root}${scope}/${type.plural}`;
}

export function objectPath(type: ServedType, namespace: string, name: string): string {
  return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}

const discoveryFormat = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** The kinds that an API server serves, asked for once and again when one is missing. */
export class ServedTypes {
  private types: Promise<Map<string, ServedType>> | undefined;
  private customGroups = new Set<string>();

  constructor(private readonly client: ApiClient) {}

  async find(apiVersion: string, kind: string): Promise<ServedType | undefined> {
    return (await this.known()).get(keyOf(apiVersion, kind));
  }

  async all(): Promise<readonly ServedType[]> {
    return [...(await this.known()).values()];
  }

  /** Asks the server's custom resource definitions, which know a new kind before discovery does. */
  async findCustom(apiVersion: string, kind: string): Promise<ServedType | undefined> {
    const definitions = await this.client.get(definitionsPath);
    const known = await this.known();
    for (const definition of listAt(definitions, "items")) {
      for (const type of typesOf(definition)) {
        known.set(keyOf(type.apiVersion, type.kind), type);
        this.customGroups.add(groupOf(type.apiVersion));
      }
    }
    return known.get(keyOf(apiVersion, kind));
  }

  /** Makes a definition's kinds known without asking the server. */
  async add(definition: Json): Promise<void> {
    const known = await this.known();
    for (const type of typesOf(definition)) {
      known.set(keyOf(type.apiVersion, type.kind), type);
      this.customGroups.add(groupOf(type.apiVersion));
    }
  }

  /** A group of the API server itself: a kind that it does not serve is a mistake, not a missing definition. */
  async isBuiltIn(group: string): Promise<boolean> {
    const types = await this.all();
    return types.some((type) => groupOf(type.apiVersion) === group) && !this.customGroups.has(group);
  }

  private known(): Promise<Map<string, ServedType>> {
    this.types ??= this.discover().catch((error: unknown) => {
      this.types = undefined;
      throw error;
    });
    return this.types;
  }

  private async discover(): Promise<Map<string, ServedType>> {
    const [core, groups, definitions] = await Promise.all([
      this.client.request("GET", "/api", { accept: discoveryFormat }),
      this.client.request("GET", "/apis", { accept: discoveryFormat }),
      this.client.get(definitionsPath).catch((error: unknown): JsonObject => {
        if (error instanceof ApiError) {
          return {};
        }
        throw error;
      }),
    ]);
    this.customGroups = new Set(
      listAt(definitions, "items").map((definition) => textAt(definition, "spec", "group")),
    );
    const found = new Map<string, ServedType>();
    for (const group of [...listAt(core, "items"), ...listAt(groups, "items")]) {
      const name = textAt(group, "metadata", "name");
      for (const version of listAt(group, "versions")) {
        const apiVersion = name === "" ? textAt(version, "version") : `${name}/${textAt(version, "version")}`;
        for (const resource of listAt(version, "resources")) {
          const kind = textAt(resource, "responseKind", "kind");
          const plural = textAt(resource, "resource");
          found.set(keyOf(apiVersion, kind), {
            apiVersion,
            kind,
            plural,
            namespaced: textAt(resource, "scope") === "Namespaced",
          });
        }
      }
    }
    return found;
  }
}

/** The kinds that a custom resource definition brings, one for every served version. */
export function typesOf(definition: Json): readonly ServedType[] {
  return listAt(definition, "spec", "versions")
    .filter((version) => at(version, "served") === true)
    .map((version) => ({
      apiVersion: `${textAt(definition, "spec", "group")}/${textAt(version, "name")}`,
      kind: textAt(definition, "spec", "names", "kind"),
      plural: textAt(definition, "spec", "names", "plural"),
      namespaced: textAt(definition, "spec", "scope") === "Namespaced",
    }));
}

function keyOf(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}

/** Up to five served kinds that someone may have meant: the same kind elsewhere, or nearly the same name. */
export function nearMisses(
  types: readonly ServedType[],
  apiVersion: string,
  kind: string,
): readonly string[] {
  const distance = (type: ServedType): number =>
    editDistance(type.kind.toLowerCase(), kind.toLowerCase()) +
    (type.apiVersion === apiVersion ? 0 : Math.min(2, editDistance(type.apiVersion, apiVersion)));
  return types
    .map((type) => ({ label: `${type.apiVersion} ${type.kind}`, score: distance(type) }))
    .filter(({ score }) => score <= 3)
    .sort((one, other) => one.score - other.score || one.label.localeCompare(other.label))
    .slice(0, 5)
    .map(({ label }) => label);
}

function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
