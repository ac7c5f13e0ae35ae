import { listAt, textAt, textsAt } from "../facts/read";
import { type ApiReader, statusOf } from "./list";

/** A kind that an API server serves and can list. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Lists the objects of all namespaces. */
  readonly path: string;
}

/** The kinds that an API server serves, and what could not be read. */
export interface Served {
  readonly kinds: readonly ServedKind[];
  readonly unread: readonly Unread[];
}

/** What a cluster did not answer: an API whose own server is down, objects that the account may not list. */
export interface Unread {
  readonly path: string;
  /** The server's own message. */
  readonly reason: string;
}

/** Every kind of every group, in the group's preferred version or the first that serves it. */
export async function servedKinds(api: ApiReader): Promise<Served> {
  const groups = listAt(await api.get("/apis"), "groups").map((group) => ({
    prefix: "/apis",
    versions: versionsOf(group),
  }));
  const found = await Promise.all(
    [{ prefix: "/api", versions: ["v1"] }, ...groups].map(({ prefix, versions }) =>
      kindsOfGroup(api, prefix, versions),
    ),
  );
  return { kinds: found.flatMap(({ kinds }) => kinds), unread: found.flatMap(({ unread }) => unread) };
}

/** `apps/v1` and so on, the preferred version first. */
function versionsOf(group: unknown): readonly string[] {
  const preferred = textAt(group, "preferredVersion", "groupVersion");
  const all = listAt(group, "versions").flatMap((version) => textAt(version, "groupVersion") ?? []);
  return [...new Set([...(preferred === undefined ? [] : [preferred]), ...all])];
}

async function kindsOfGroup(api: ApiReader, prefix: string, versions: readonly string[]): Promise<Served> {
  const kinds = new Map<string, ServedKind>();
  const unread: Unread[] = [];
  for (const apiVersion of versions) {
    const path = `${prefix}/${apiVersion}`;
    try {
      for (const resource of listAt(await api.get(path), "resources")) {
        const name = textAt(resource, "name") ?? "";
        const kind = textAt(resource, "kind") ?? "";
        if (isListed(resource, name) && !kinds.has(name)) {
          kinds.set(name, { apiVersion, kind, path: `${path}/${name}` });
        }
      }
    } catch (error) {
      unread.push(...unreadOf(path, error));
    }
  }
  return { kinds: [...kinds.values()], unread };
}

function isListed(resource: unknown, name: string): boolean {
  return !name.includes("/") && textsAt(resource, "verbs").includes("list");
}

/**
 * What is left unread where the server refuses; nothing where it no longer serves the path.
 *
 * @throws the error when it is not a refusal
 */
export function unreadOf(path: string, error: unknown): readonly Unread[] {
  const status = statusOf(error);
  if (status === undefined || !(error instanceof Error)) {
    throw error;
  }
  return status === 404 ? [] : [{ path, reason: error.message }];
}
