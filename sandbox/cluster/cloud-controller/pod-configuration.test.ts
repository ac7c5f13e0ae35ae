import type { Container, Pod } from "./objects";
import { faultOf, type KeysOf, referencesOf } from "./pod-configuration";

function pod(spec: Partial<Pod["spec"]>): Pod {
  return { metadata: { name: "web", namespace: "shop" }, spec: { containers: [{ name: "main" }], ...spec } };
}

function withMain(container: Partial<Container>): Pod {
  return pod({ containers: [{ name: "main", ...container }] });
}

/** There are a ConfigMap and a Secret, each with the key "known". */
const there: KeysOf = ({ name }) => (name === "there" ? new Set(["known"]) : undefined);

const absent = { name: "absent" };

test.each<[string, Pod, string | undefined, string]>([
  [
    "a ConfigMap in envFrom",
    withMain({ envFrom: [{ configMapRef: absent }] }),
    "main",
    'configmap "absent" not found',
  ],
  [
    "a Secret in envFrom",
    withMain({ envFrom: [{ secretRef: absent }] }),
    "main",
    'secret "absent" not found',
  ],
  [
    "a key of a ConfigMap in env",
    withMain({ env: [{ valueFrom: { configMapKeyRef: { name: "there", key: "other" } } }] }),
    "main",
    "couldn't find key other in ConfigMap shop/there",
  ],
  [
    "a key of a Secret in env",
    withMain({ env: [{ valueFrom: { secretKeyRef: { name: "there", key: "other" } } }] }),
    "main",
    "couldn't find key other in Secret shop/there",
  ],
  [
    "an init container's Secret, before those of containers",
    pod({
      initContainers: [{ name: "prepare", envFrom: [{ secretRef: absent }] }],
      containers: [{ name: "main", envFrom: [{ configMapRef: absent }] }],
    }),
    "prepare",
    'secret "absent" not found',
  ],
  [
    "a ConfigMap as a volume, before any environment",
    pod({
      containers: [{ name: "main", envFrom: [{ secretRef: absent }] }],
      volumes: [{ name: "files", configMap: absent }],
    }),
    undefined,
    'configmap "absent" not found',
  ],
  [
    "a key of a ConfigMap as a file",
    pod({ volumes: [{ name: "files", configMap: { name: "there", items: [{ key: "other" }] } }] }),
    undefined,
    "configmap references non-existent config key: other",
  ],
  [
    "a key of a Secret as a file",
    pod({ volumes: [{ name: "files", secret: { secretName: "there", items: [{ key: "other" }] } }] }),
    undefined,
    "references non-existent secret key: other",
  ],
  [
    "a projected Secret",
    pod({ volumes: [{ name: "files", projected: { sources: [{ secret: absent }] } }] }),
    undefined,
    'secret "absent" not found',
  ],
])("misses %s", (_, subject, container, message) => {
  expect(faultOf(subject, there)).toMatchObject({ container, message });
});

test("a volume that cannot be mounted is told in an event, as a kubelet tells it", () => {
  const subject = pod({ volumes: [{ name: "files", configMap: absent }] });
  expect(faultOf(subject, there)?.event).toEqual({
    reason: "FailedMount",
    message: 'MountVolume.SetUp failed for volume "files" : configmap "absent" not found',
  });
});

test("what is there, and what is optional, holds nothing up", () => {
  const subject = pod({
    containers: [
      {
        name: "main",
        env: [
          {},
          { valueFrom: { secretKeyRef: { name: "there", key: "known" } } },
          { valueFrom: { secretKeyRef: { name: "absent", key: "known", optional: true } } },
          { valueFrom: { configMapKeyRef: { name: "there", key: "other", optional: true } } },
        ],
        envFrom: [{ configMapRef: { name: "there" } }, { secretRef: { name: "absent", optional: true } }],
      },
    ],
    volumes: [
      { name: "scratch" },
      { name: "files", configMap: { name: "there", items: [{ key: "known" }] } },
      { name: "more", secret: { secretName: "absent", optional: true } },
      {
        name: "both",
        projected: { sources: [{ configMap: { name: "there" } }, { secret: { ...absent, optional: true } }] },
      },
    ],
  });
  expect(faultOf(subject, there)).toBeUndefined();
});

test("an object that is named twice is asked for once", () => {
  const key = (name: string) => ({ valueFrom: { secretKeyRef: { name: "there", key: name } } });
  const subject = withMain({ env: [key("user"), key("password")] });
  expect(referencesOf(subject).map(({ kind, name }) => `${kind} ${name}`)).toEqual(["Secret there"]);
});
