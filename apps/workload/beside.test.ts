import { only, record } from "../../test/support/recorded/site";
import { api, build } from "../../test/support/recorded/workload";
import { Service } from "./service";

describe("beside its own container", () => {
  const small = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "200m", memory: "256Mi" } };
  const proxy = {
    name: "proxy",
    image: "registry.example.com/proxy:v1",
    resources: small,
    ports: { tls: 8443 },
    mounts: [{ kind: "pod-volume", path: "/shared", volume: "shared", readOnly: true } as const],
  };
  const fetch = {
    name: "fetch",
    image: "registry.example.com/fetch:v1",
    command: ["fetch", "/shared"],
    resources: small,
    mounts: [{ kind: "pod-volume", path: "/shared", volume: "shared" } as const],
  };
  const volumes = { shared: { emptyDir: { sizeLimit: "1Gi" } } };
  const pod = "spec.template.spec";

  test("containers that run before and beside it are hardened like it, and share a volume of the pod", async () => {
    const { objects } = await build({ initContainers: [fetch], sidecars: [proxy], volumes });
    expect(only(objects, "Deployment", pod)).toMatchObject({
      initContainers: [
        {
          name: "fetch",
          command: ["fetch", "/shared"],
          securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
          volumeMounts: [
            { name: "fetch-tmp", mountPath: "/tmp" },
            { name: "shared", mountPath: "/shared" },
          ],
        },
      ],
      containers: [
        { name: "api" },
        {
          name: "proxy",
          securityContext: { readOnlyRootFilesystem: true },
          volumeMounts: [
            { name: "proxy-tmp", mountPath: "/tmp" },
            { name: "shared", mountPath: "/shared", readOnly: true },
          ],
          lifecycle: { preStop: { sleep: { seconds: 10 } } },
        },
      ],
      volumes: [
        { name: "tmp" },
        { name: "fetch-tmp" },
        { name: "proxy-tmp" },
        { name: "shared", ...volumes.shared },
      ],
    });
  });

  test("they ask for less outside production, and count where the pod has to fit", async () => {
    const { objects } = await build({ sidecars: [proxy], volumes }, { environment: "development" });
    expect(only(objects, "Deployment", `${pod}.containers.1.resources.requests`)).toMatchObject({
      cpu: "10m",
      memory: "64Mi",
    });
    const large = { requests: { cpu: "7", memory: "1Gi" }, limits: { cpu: "7", memory: "1Gi" } };
    await expect(build({ sidecars: [{ ...proxy, resources: large }], volumes })).rejects.toThrow(
      "a node has 7910m of the 8000m CPU that a pod asks for",
    );
    await expect(build({ initContainers: [{ ...fetch, resources: large }], volumes })).resolves.toBeDefined();
  });

  test("a Secret that only a sidecar reads rolls the pods too", async () => {
    const checksum = "spec.template.metadata.annotations.ai-platform/credentials";
    const { objects } = await record((site) => {
      const secret = site.secrets.provide("marketresearch", "marketresearch-secrets");
      const mounts = [{ kind: "secret", path: "/etc/proxy", secret } as const];
      new Service("api", api(site, { sidecars: [{ ...proxy, mounts }] }));
    });
    const without = await build({ sidecars: [{ ...proxy, mounts: [] }] });
    expect(only(objects, "Deployment", checksum)).not.toBe(only(without.objects, "Deployment", checksum));
  });

  test("names are each container's own, and volumes are the pod's", async () => {
    await expect(build({ sidecars: [{ ...proxy, name: "api" }], volumes })).rejects.toThrow(
      "two containers of api are called api; each needs a name of its own",
    );
    await expect(build({ sidecars: [proxy] })).rejects.toThrow(
      'api mounts the volume shared at /shared; its volumes are none. For example volumes: { shared: { emptyDir: { sizeLimit: "1Gi" } } }',
    );
  });

  test("what no argument says is changed in the pod itself, at the very end", async () => {
    const { objects } = await build({
      pod: (spec) => ({ ...spec, hostAliases: [{ ip: "10.0.0.1", hostnames: ["legacy.internal"] }] }),
    });
    expect(only(objects, "Deployment", pod)).toMatchObject({
      serviceAccountName: "api",
      hostAliases: [{ ip: "10.0.0.1", hostnames: ["legacy.internal"] }],
    });
  });
});
