import { gunzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import type { ApiClient } from "../../../api-server/client";
import { isObject, type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../json";
import { identifierOf } from "../manifest";
import { groupOf } from "../served-types";

/** A release as Helm keeps it in the cluster: one Secret for each revision. */
export interface StoredRelease {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** `deployed`, `failed`, `pending-install`, ... */
  readonly status: string;
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  /** The values that were given, without the chart's own. */
  readonly values: JsonObject;
  /** Names of its objects by kind and API version. */
  readonly resourceNames: JsonObject;
  /** Labels of the Secret: Helm's own and those given at installation. */
  readonly labels: JsonObject;
  /** Name of the Secret. */
  readonly secret: string;
}

/** Every stored revision, newest first. */
export async function storedRevisions(
  client: ApiClient,
  namespace: string,
  name: string,
): Promise<readonly StoredRelease[]> {
  const answer = await client.get(`/api/v1/namespaces/${namespace}/secrets`, {
    labelSelector: `owner=helm,name=${name}`,
  });
  return listAt(answer, "items")
    .map(parseSecret)
    .sort((one, other) => other.revision - one.revision);
}

function parseSecret(secret: Json): StoredRelease {
  const packed = Buffer.from(Buffer.from(textAt(secret, "data", "release"), "base64").toString(), "base64");
  const release: Json = JSON.parse(gunzipSync(packed).toString());
  return {
    name: textAt(release, "name"),
    namespace: textAt(release, "namespace"),
    revision: numberAt(release, "version") ?? 0,
    status: textAt(release, "info", "status"),
    chart: textAt(release, "chart", "metadata", "name"),
    version: textAt(release, "chart", "metadata", "version"),
    appVersion: textAt(release, "chart", "metadata", "appVersion"),
    values: objectAt(release, "config"),
    resourceNames: resourceNames(textAt(release, "manifest")),
    labels: objectAt(secret, "metadata", "labels"),
    secret: textAt(secret, "metadata", "name"),
  };
}

/** Names of a manifest's objects as the official provider lists them: `Deployment.apps/apps/v1`: [`shop/web`]. */
export function resourceNames(manifest: string): JsonObject {
  const names: Record<string, string[]> = {};
  for (const document of parseAllDocuments(manifest)) {
    const object: Json = document.toJS();
    if (isObject(object) && textAt(object, "kind") !== "") {
      const apiVersion = textAt(object, "apiVersion");
      const group = groupOf(apiVersion);
      const kind = textAt(object, "kind");
      const key = `${group === "" ? kind : `${kind}.${group}`}/${apiVersion}`;
      names[key] = [...new Set([...(names[key] ?? []), identifierOf(object)])].sort();
    }
  }
  return names;
}
