import { podFactsOf } from "./of-pod";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("what a pod's template says of the pod", () => {
  const facts = podFactsOf({
    metadata: { labels: { app: "web" } },
    spec: {
      serviceAccountName: "web",
      automountServiceAccountToken: false,
      priorityClassName: "serving",
      restartPolicy: "Always",
      hostNetwork: false,
      hostPID: true,
      nodeSelector: null,
      terminationGracePeriodSeconds: 60,
      securityContext: { runAsNonRoot: true, fsGroup: 2000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [],
    },
  });
  expect(plain(facts)).toEqual({
    labels: { app: "web" },
    serviceAccount: "web",
    automountToken: false,
    priorityClass: "serving",
    hostPID: true,
    grace: 60,
    security: { runAsNonRoot: true, fsGroup: 2000, seccomp: "RuntimeDefault" },
    containers: [],
  });
});

test("volumes are named with what they are of", () => {
  const { volumes } = podFactsOf({
    spec: {
      volumes: [
        { name: "a", emptyDir: {} },
        { name: "b", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
        { name: "c", secret: { secretName: "keys", optional: true } },
        { name: "d", configMap: { name: "settings" } },
        { name: "e", persistentVolumeClaim: { claimName: "data" } },
        { name: "f", hostPath: { path: "/proc" } },
        {
          name: "g",
          projected: { sources: [{ configMap: { name: "kube-root-ca.crt" } }, { secret: { name: "tls" } }] },
        },
        { name: "h" },
        { name: "i", csi: { driver: "efs.csi.aws.com" } },
      ],
    },
  });
  expect(volumes).toEqual([
    "claim data",
    "configMap settings",
    "csi",
    "emptyDir",
    "emptyDir",
    "emptyDir 1Mi Memory",
    "hostPath /proc",
    "projected",
    "secret keys optional",
    "secret tls",
  ]);
});

test("a container's image, ports, resources, references, mounts, rights, probes and addresses", () => {
  const { containers } = podFactsOf({
    spec: {
      containers: [
        {
          name: "web",
          image: "web:1",
          args: ["--store=store.shop.svc:5432", "--image=registry/web:12"],
          ports: [
            { name: "http", containerPort: 8080, protocol: "TCP" },
            { containerPort: 53, protocol: "UDP" },
          ],
          resources: { requests: { cpu: 1, memory: "1Gi" }, limits: { memory: "1Gi" } },
          env: [
            { name: "CACHE", value: "redis://cache:6379" },
            { name: "KEY", valueFrom: { secretKeyRef: { name: "keys", key: "api", optional: true } } },
            { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          ],
          envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "bucket" } }],
          volumeMounts: [{ mountPath: "/tmp" }, { mountPath: "/data" }],
          securityContext: {
            runAsUser: 1000,
            runAsGroup: 3000,
            privileged: false,
            capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] },
          },
          livenessProbe: { httpGet: { port: "http", path: "/" }, periodSeconds: 10 },
          readinessProbe: { exec: { command: ["true"] } },
          startupProbe: { initialDelaySeconds: 5, grpc: { port: 9000 } },
        },
      ],
    },
  });
  expect(plain(containers)).toEqual([
    {
      name: "web",
      image: "web:1",
      ports: [
        { name: "http", port: 8080 },
        { port: 53, protocol: "UDP" },
      ],
      resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
      refs: ["configMap settings/*", "secret bucket/*", "secret keys/api optional"],
      mounts: ["/data", "/tmp"],
      security: { runAsUser: 1000, runAsGroup: 3000, privileged: false, drop: ["ALL"], add: ["NET_ADMIN"] },
      probes: { liveness: "http", startup: 9000 },
      urls: ["cache:6379", "store.shop.svc:5432"],
    },
  ]);
});

test("init containers come first; those that go on running are sidecars", () => {
  const { containers } = podFactsOf({
    spec: {
      containers: [{ name: "web", image: "a" }],
      initContainers: [
        { name: "schema", image: "b" },
        { name: "proxy", image: "c", restartPolicy: "Always" },
      ],
    },
  });
  expect(plain(containers)).toEqual([
    { name: "schema", init: true, image: "b" },
    { name: "proxy", init: true, sidecar: true, image: "c" },
    { name: "web", image: "a" },
  ]);
});

test("where it may run, near to and far from what", () => {
  const inZone = { key: "zone", operator: "In", values: ["a"] };
  const term = (matchLabels: object, more: object = {}) => ({
    topologyKey: "zone",
    labelSelector: { matchLabels, ...more },
  });
  const facts = podFactsOf({
    spec: {
      containers: [],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [inZone] }],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 5, preference: { matchExpressions: [inZone] } },
          ],
        },
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term({ app: "cache" })] },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { ...term({}, { matchExpressions: [{ key: "app", operator: "In", values: ["web"] }] }) },
            { ...term({ app: "web" }), matchLabelKeys: ["pod-template-hash"] },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              podAffinityTerm: term(
                {},
                { matchExpressions: [{ key: "app", operator: "In", values: ["a", "b"] }] },
              ),
            },
          ],
        },
      },
      topologySpreadConstraints: [
        { ...term({ app: "web" }), whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      ],
      tolerations: [{ key: "gpu", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }],
    },
  });
  expect(plain(facts)).toEqual({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [inZone] }] },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 5, preference: { matchExpressions: [inZone] } },
      ],
    },
    affinity: [{ required: true, topologyKey: "zone", labels: { app: "cache" } }],
    antiAffinity: [
      { required: true, topologyKey: "zone", labels: { app: "web" } },
      { required: true, topologyKey: "zone", labels: { app: "web" }, sameLabels: ["pod-template-hash"] },
      {
        required: false,
        topologyKey: "zone",
        expressions: [{ key: "app", operator: "In", values: ["a", "b"] }],
      },
    ],
    spread: [{ topologyKey: "zone", when: "DoNotSchedule", maxSkew: 1, labels: { app: "web" } }],
    tolerations: [{ key: "gpu", operator: "Exists", effect: "NoExecute", seconds: 300 }],
    containers: [],
  });
});
