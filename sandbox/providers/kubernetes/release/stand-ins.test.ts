import { ReleaseStandIns } from "./stand-ins";

const release = { name: "cache", namespace: "shop" };
const labels = { "sandbox.ai-platform/stood-in": "shop.cache" };
const set = {
  path: "/apis/apps/v1/namespaces/shop/statefulsets",
  manifest: {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "cache", namespace: "shop", labels },
  },
  after: undefined,
};

/** An API server on which the controller of StatefulSets was quicker than the listing. */
function standIns(wanted: readonly (typeof set)[]) {
  const deleted: string[] = [];
  const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "cache", uid: "1", controller: true };
  const found = new Map<string, readonly object[]>([
    ["/apis/apps/v1/statefulsets", [{ metadata: set.manifest.metadata }]],
    [
      "/api/v1/pods",
      [
        { metadata: { name: "cache-0", namespace: "shop", labels, ownerReferences: [owner] } },
        { metadata: { name: "left", namespace: "shop", labels } },
      ],
    ],
  ]);
  const client = {
    apply: async () => ({}),
    delete: async (path: string) => deleted.push(path) > 0,
    get: async (path: string) => JSON.parse(JSON.stringify({ items: found.get(path) ?? [] })),
  };
  return { deleted, standIns: new ReleaseStandIns(client, () => wanted) };
}

test("what an earlier version of a release had goes; the pods of its workloads are theirs", async () => {
  const { deleted, standIns: own } = standIns([set]);
  await own.put(release);
  expect(deleted).toEqual(["/api/v1/namespaces/shop/pods/left"]);
});

test("a release that goes takes its workloads away, and these their pods", async () => {
  const { deleted, standIns: own } = standIns([]);
  await own.remove(release);
  expect(deleted).toEqual([
    "/apis/apps/v1/namespaces/shop/statefulsets/cache",
    "/api/v1/namespaces/shop/pods/left",
  ]);
});
