import type { ApiCall } from "./call";

const methods: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

const apiPath =
  /\/(?:api\/v1|apis\/(?<group>[a-z0-9.-]+)\/v\w+)\/(?:namespaces\/(?<namespace>[^/\s"'?]+)\/)?(?<resource>[a-z]+)(?:\/(?<name>[^/\s"'?]+))?(?:\/(?<part>[a-z]+))?/g;

/** What a script asks of the API server by its paths. */
export function pathCalls(script: string, own: string): readonly ApiCall[] {
  if (!/kubernetes\.default|KUBERNETES_SERVICE_HOST/.test(script)) return [];
  return script
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .flatMap((line) =>
      [...line.matchAll(apiPath)].map(({ groups = {} }) => {
        const { group = "", namespace, resource = "", name, part } = groups;
        const method = /\b(POST|PUT|PATCH|DELETE)\b/.exec(line)?.[1] ?? "";
        return {
          verb: methods[method] ?? (name === undefined ? "list" : "get"),
          group,
          resource: part === undefined ? resource : `${resource}/${part}`,
          namespace: namespace !== undefined && /[${]/.test(namespace) ? own : namespace,
          ...(name !== undefined && !/[${]/.test(name) && { name }),
        };
      }),
    );
}
