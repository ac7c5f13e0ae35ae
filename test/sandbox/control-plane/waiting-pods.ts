import { isStatus } from "../../../sandbox/api-server/errors";
import type { KubernetesObject } from "../../../sandbox/api-server/object";
import { api, eventually, type Pod } from "./cluster";

describe("a pod that names what is not there", () => {
  const image = "registry.k8s.io/pause:3.10";
  const pods = "/api/v1/namespaces/default/pods";

  async function start(name: string, spec: object, labels: object = {}): Promise<void> {
    await api.create(pods, { apiVersion: "v1", kind: "Pod", metadata: { name, labels }, spec });
  }

  const waits = (name: string) =>
    eventually(
      async () => (await api.get<Pod>(`${pods}/${name}`)).status.containerStatuses?.[0]?.state.waiting,
    );

  const runs = (name: string) =>
    eventually(async () => (await api.get<Pod>(`${pods}/${name}`)).status.containerStatuses?.[0]?.ready);

  async function eventsOf(name: string): Promise<readonly string[]> {
    const { items } = await api.list<
      KubernetesObject & { readonly involvedObject: { readonly name: string }; readonly message: string }
    >("/api/v1/namespaces/default/events");
    return items.filter(({ involvedObject }) => involvedObject.name === name).map(({ message }) => message);
  }

  test("waits for the Secret of its environment and then for the key, says so, and starts with it", async () => {
    await start("environment", {
      containers: [
        {
          name: "main",
          image,
          env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "late", key: "password" } } }],
        },
      ],
    });
    expect(await waits("environment")).toEqual({
      reason: "CreateContainerConfigError",
      message: 'secret "late" not found',
    });
    await api.create("/api/v1/namespaces/default/secrets", { metadata: { name: "late" } });
    await eventually(
      async () =>
        (await waits("environment")).message === "couldn't find key password in Secret default/late",
    );
    await api.patch("/api/v1/namespaces/default/secrets/late", { stringData: { password: "x" } });
    await runs("environment");
  });

  test("waits for the ConfigMap of its volume, says so in an event, and starts with it", async () => {
    await start("volume", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "files", configMap: { name: "late" } }],
    });
    expect(await waits("volume")).toEqual({ reason: "ContainerCreating" });
    await eventually(async () =>
      (await eventsOf("volume")).includes(
        'MountVolume.SetUp failed for volume "files" : configmap "late" not found',
      ),
    );
    await api.create("/api/v1/namespaces/default/configmaps", { metadata: { name: "late" } });
    await runs("volume");
  });

  test("does not wait for what is optional", async () => {
    await start("optional", {
      containers: [{ name: "main", image, envFrom: [{ secretRef: { name: "never", optional: true } }] }],
      volumes: [
        { name: "files", projected: { sources: [{ configMap: { name: "never", optional: true } }] } },
      ],
    });
    await runs("optional");
  });

  test("waits for a Secret until its operator makes it, which goes with its custom resource", async () => {
    await start("client", {
      containers: [
        {
          name: "main",
          image,
          env: [{ name: "CERTIFICATE", valueFrom: { secretKeyRef: { name: "web-tls", key: "tls.crt" } } }],
        },
      ],
    });
    expect(await waits("client")).toEqual({
      reason: "CreateContainerConfigError",
      message: expect.anything(),
    });
    await api.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "certificates.cert-manager.io" },
      spec: {
        group: "cert-manager.io",
        scope: "Namespaced",
        names: {
          plural: "certificates",
          singular: "certificate",
          kind: "Certificate",
          listKind: "CertificateList",
        },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
    await eventually(async () => {
      try {
        return await api.create("/apis/cert-manager.io/v1/namespaces/default/certificates", {
          apiVersion: "cert-manager.io/v1",
          kind: "Certificate",
          metadata: { name: "web" },
          spec: {
            secretName: "web-tls",
            dnsNames: ["web.example.com"],
            issuerRef: { name: "own", kind: "Issuer" },
          },
        });
      } catch (error) {
        return !isStatus(error, 404) && Promise.reject(error);
      }
    });
    await runs("client");
    const secret = await api.get<KubernetesObject>("/api/v1/namespaces/default/secrets/web-tls");
    expect(secret.metadata.labels).toMatchObject({ "sandbox.ai-platform/stood-in": "operator" });
    await api.delete("/apis/cert-manager.io/v1/namespaces/default/certificates/web");
    await eventually(async () => {
      const { items } = await api.list<KubernetesObject>("/api/v1/namespaces/default/secrets");
      return items.every(({ metadata }) => metadata.name !== "web-tls");
    });
  });

  test("waits for the mesh's certificate until the mesh's control plane, which makes it, runs", async () => {
    await start("proxy", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "authority", configMap: { name: "istio-ca-root-cert" } }],
    });
    expect(await waits("proxy")).toEqual({ reason: "ContainerCreating" });
    await start("mesh", { containers: [{ name: "main", image }] }, { app: "istiod" });
    await runs("proxy");
  });

  test("does not wait for the Secret that a job of the chart makes", async () => {
    await start("webhook", {
      containers: [{ name: "main", image }],
      volumes: [{ name: "certificate", secret: { secretName: "webhook-certificate" } }],
    });
    await start("generate", {
      containers: [{ name: "main", image, args: ["create", "--secret-name=webhook-certificate"] }],
    });
    await runs("webhook");
  });
});
