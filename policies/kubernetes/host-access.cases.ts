import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, pod } from "../testing/samples";
import { unknown } from "../value";
import { hostAccess } from "./host-access";

const local = (path: string) => ({
  type: "kubernetes:core/v1:PersistentVolume",
  name: "disk",
  properties: { metadata: { name: "disk" }, spec: { local: { path } } },
});

export const hostAccessCases: Cases = {
  policy: hostAccess,
  catches: [
    {
      name: "the node's namespaces",
      resources: [pod({ hostNetwork: true, hostPID: true, hostIPC: true, containers: [container()] })],
      violations: ["hostNetwork", "hostPID", "hostIPC"].map((one) => `app: spec.${one} is true: remove it.`),
    },
    {
      name: "a path of the node",
      resources: [
        pod({
          containers: [container()],
          volumes: [
            { name: "tmp", emptyDir: {} },
            { name: "socket", hostPath: { path: "/run/containerd" } },
          ],
        }),
      ],
      violations: [
        "app: spec.volumes[1].hostPath mounts /run/containerd of the node: use another kind of volume.",
      ],
    },
    {
      name: "a path of the node that pods claim",
      resources: [
        {
          type: "kubernetes:core/v1:PersistentVolume",
          name: "root",
          properties: { metadata: { name: "root" }, spec: { hostPath: { path: "/" } } },
        },
      ],
      violations: ["root: spec.hostPath mounts / of the node: use another kind of volume."],
    },
    {
      name: "local volumes in the node's system",
      resources: ["/", "/var/lib/kubelet/pods", "/etc"].map(local),
      violations: ["/", "/var/lib/kubelet/pods", "/etc"].map(
        (path) =>
          `disk: spec.local.path is ${path}, which is the node's own: name a disk that is made for it.`,
      ),
    },
    {
      name: "a port of the node",
      resources: [pod({ containers: [container({ ports: [{ containerPort: 80, hostPort: 80 }] })] })],
      violations: [
        'app: container "app" takes port 80 of the node: remove spec.containers[0].ports[0].hostPort.',
      ],
    },
    {
      name: "a custom resource",
      resources: [
        {
          type: "kubernetes:kibana.k8s.elastic.co/v1:Kibana",
          properties: { spec: { podTemplate: { spec: { hostNetwork: true } } } },
        },
      ],
      violations: ["sample: spec.podTemplate.spec.hostNetwork is true: remove it."],
    },
    {
      name: "a custom resource of a project beside Kubernetes",
      resources: [
        {
          type: "kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication",
          properties: { spec: { driver: { hostNetwork: true } } },
        },
      ],
      violations: ["sample: spec.driver.hostNetwork is true: remove it."],
    },
  ],
  passes: [
    {
      name: "local volumes on disks of their own",
      resources: ["/mnt/disks/ssd1", "/dev/nvme1n1", "/var/lib/volumes"].map(local),
    },
    {
      name: "nothing of the node",
      resources: [
        pod({
          hostNetwork: false,
          containers: [container({ ports: [{ containerPort: 8080 }] })],
          volumes: [{ name: "tmp", emptyDir: {} }],
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "which path is not known",
        resources: [
          pod({ containers: [unknown], volumes: [unknown, { name: "node", hostPath: { path: unknown } }] }),
        ],
        violations: ["app: spec.volumes[1].hostPath mounts a path of the node: use another kind of volume."],
      },
    ],
    passes: [
      {
        name: "the pod is not known",
        resources: [pod({ hostNetwork: unknown, volumes: unknown, containers: unknown })],
      },
    ],
  },
  faults: [
    ...["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => faults.pod(field, true)),
    ...faults.pod("volumes", faults.appended({ name: "node", hostPath: { path: "/" } })),
    faults.set(faults.deployment, "spec.template.spec.containers[].ports[].hostPort", 80),
    faults.set(/:Kibana$/, "spec.podTemplate.spec.hostNetwork", true),
    faults.set(/:Elasticsearch$/, "spec.nodeSets[].podTemplate.spec.hostPID", true),
  ],
};
