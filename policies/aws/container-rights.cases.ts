import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { awsContainerRights } from "./container-rights";

const taskType = "aws:ecs/taskDefinition:TaskDefinition";
const own: Values = { name: "app", image: "registry.example.com/app:1.4.2", user: "1000" };

function task(container: Values, properties: Values = {}): Sample {
  return {
    type: taskType,
    name: "task",
    properties: {
      family: "app",
      networkMode: "awsvpc",
      containerDefinitions: JSON.stringify([{ ...own, ...container }]),
      ...properties,
    },
  };
}

/** A job in the words that AWS's provider takes as JSON. */
function job(container: Values, properties: Values = {}): Sample {
  const containerProperties = JSON.stringify({ image: own.image, user: "1000", ...container });
  return {
    type: "aws:batch/jobDefinition:JobDefinition",
    name: "job",
    properties: { name: "train", type: "container", containerProperties, ...properties },
  };
}

function podJob(pod: Values, context: Value = { runAsUser: 1000 }): Sample {
  const podProperties: Values = {
    hostNetwork: false,
    containers: [{ image: "registry.example.com/app:1.4.2", securityContext: context }],
    ...pod,
  };
  return {
    type: "aws:batch/jobDefinition:JobDefinition",
    name: "job",
    properties: { name: "train", type: "container", eksProperties: { podProperties } },
  };
}

const accessPoint = (uid: Value): Sample => ({
  type: "aws:efs/accessPoint:AccessPoint",
  name: "files",
  properties: { fileSystemId: "fs-1", posixUser: { uid, gid: 1000 } },
});

const added = (...add: readonly Value[]): Values => ({ linuxParameters: { capabilities: { add } } });
const device = (hostPath: string): Values => ({ linuxParameters: { devices: [{ hostPath }] } });

export const awsContainerRightsCases: Cases = {
  policy: awsContainerRights,
  catches: [
    {
      name: "a privileged container",
      resources: [task({ privileged: true })],
      violations: ["task: containerDefinitions[0].privileged is true: set false."],
    },
    {
      name: "definitions as objects, with the provider's spelling or AWS's",
      resources: [
        task({}, { containerDefinitions: [{ ...own, privileged: true }] }),
        task(
          {},
          { containerDefinitions: JSON.stringify([{ Image: "app", User: "root", Privileged: true }]) },
        ),
      ],
      violations: [
        "task: containerDefinitions[0].privileged is true: set false.",
        "task: containerDefinitions[0].user is root, which is root: set another user.",
        "task: containerDefinitions[0].Privileged is true: set false.",
      ],
    },
    {
      name: "namespaces of the machine",
      resources: [task({}, { networkMode: "host", pidMode: "host", ipcMode: "host" })],
      violations: [
        "task: networkMode is host: set awsvpc.",
        "task: pidMode is host: remove it.",
        "task: ipcMode is host: remove it.",
      ],
    },
    {
      name: "paths of the machine, one by way of Docker's driver",
      resources: [
        task(
          {},
          {
            volumes: [
              { name: "docker", hostPath: "/var/run/docker.sock" },
              {
                name: "root",
                dockerVolumeConfiguration: {
                  driver: "local",
                  driverOpts: { type: "none", o: "bind", device: "/" },
                },
              },
            ],
          },
        ),
      ],
      violations: [
        "task: volumes[0].hostPath is /var/run/docker.sock, which is the machine's: use another kind of volume.",
        "task: volumes[1].dockerVolumeConfiguration.driverOpts binds / of the machine: use another kind of volume.",
      ],
    },
    {
      name: "capabilities, a disk and no confinement",
      resources: [
        task(added("SYS_ADMIN", "NET_BIND_SERVICE")),
        task(device("/dev/nvme0n1")),
        task({ dockerSecurityOptions: ["apparmor:unconfined"] }),
      ],
      violations: [
        "task: containerDefinitions[0].linuxParameters.capabilities.add adds SYS_ADMIN: remove it (allowed: NET_BIND_SERVICE).",
        "task: containerDefinitions[0].linuxParameters.devices[0].hostPath is /dev/nvme0n1, which is the machine's: use another kind of volume.",
        "task: containerDefinitions[0].dockerSecurityOptions[0] is apparmor:unconfined: remove it.",
      ],
    },
    {
      name: "root, and the image's own user on a shared machine",
      resources: [
        task({ user: "0:0" }, { requiresCompatibilities: ["FARGATE"] }),
        task({ user: null }),
        task({ user: null }, { requiresCompatibilities: ["EC2", "FARGATE"] }),
      ],
      violations: [
        "task: containerDefinitions[0].user is 0:0, which is root: set another user.",
        "task: containerDefinitions[0].user is not set, so it may be root: set another user.",
        "task: containerDefinitions[0].user is not set, so it may be root: set another user.",
      ],
    },
    {
      name: "an access point that makes its clients root",
      resources: [accessPoint(0)],
      violations: ["files: posixUser.uid is 0, so every client of it is root: set another user."],
    },
    {
      name: "jobs of Batch",
      resources: [
        job({ privileged: true, volumes: [{ name: "root", host: { sourcePath: "/" } }] }),
        podJob({ hostNetwork: null, volumes: [{ name: "root", hostPath: { path: "/etc" } }] }),
        podJob({ hostNetwork: true }, { privileged: true, runAsUser: 0 }),
        podJob({}, null),
      ],
      violations: [
        "job: containerProperties.privileged is true: set false.",
        "job: containerProperties.volumes[0].host.sourcePath is /, which is the machine's: use another kind of volume.",
        "job: eksProperties.podProperties.hostNetwork is not set, which means the machine's network: set false.",
        "job: eksProperties.podProperties.volumes[0].hostPath.path is /etc, which is the machine's: use another kind of volume.",
        "job: eksProperties.podProperties.hostNetwork is true: set false.",
        "job: eksProperties.podProperties.containers[0].securityContext.runAsUser is 0, which is root: set another user.",
        "job: eksProperties.podProperties.containers[0].securityContext.privileged is true: set false.",
        "job: eksProperties.podProperties.containers[0].securityContext.runAsUser is not set, so it may be root: set another user.",
      ],
    },
    {
      name: "a job on several nodes",
      resources: [
        job(
          {},
          {
            type: "multinode",
            containerProperties: null,
            nodeProperties: JSON.stringify({
              nodeRangeProperties: [{ targetNodes: "0:", container: { image: "mpi", user: "root" } }],
            }),
          },
        ),
      ],
      violations: [
        "job: nodeProperties.nodeRangeProperties[0].container.user is root, which is root: set another user.",
      ],
    },
    {
      name: "a capability that the stack no longer allows",
      resources: [task(added("NET_BIND_SERVICE"))],
      configuration: { allowedAdditions: [] },
      violations: [
        "task: containerDefinitions[0].linuxParameters.capabilities.add adds NET_BIND_SERVICE: remove it (allowed: none).",
      ],
    },
  ],
  passes: [
    { name: "a user of its own, and a network of its own", resources: [task({ privileged: false })] },
    {
      name: "what the image says, on a machine of its own, and on Windows",
      resources: [
        task({ user: null }, { requiresCompatibilities: ["FARGATE"] }),
        task({ user: null }, { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } }),
        job({ user: null }, { platformCapabilities: ["FARGATE"] }),
      ],
    },
    {
      name: "volumes and devices that are not the machine's, processes of one task",
      resources: [
        task(
          { ...device("/dev/infiniband/uverbs0"), mountPoints: [{ sourceVolume: "files" }] },
          {
            pidMode: "task",
            volumes: [
              {
                name: "files",
                efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" },
              },
              { name: "scratch" },
            ],
          },
        ),
        task(added("NET_BIND_SERVICE")),
      ],
    },
    { name: "an access point of one user", resources: [accessPoint(1000)] },
    {
      name: "jobs",
      resources: [
        job({ volumes: [{ name: "scratch", host: {} }] }),
        podJob({ volumes: [{ name: "scratch", emptyDir: { sizeLimit: "1Gi" } }] }, { runAsNonRoot: true }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its role is not known",
        resources: [task({ privileged: true }, { executionRoleArn: unknown })],
        violations: ["task: containerDefinitions[0].privileged is true: set false."],
      },
    ],
    passes: [
      {
        name: "the definitions, the network, the path, or where it runs are not known",
        resources: [
          task({}, { containerDefinitions: unknown, networkMode: unknown }),
          task({}, { volumes: [{ name: "files", hostPath: unknown }, unknown] }),
          task({ user: null }, { requiresCompatibilities: unknown }),
          podJob({ hostNetwork: unknown }, unknown),
        ],
      },
    ],
  },
  faults: [
    faults.beside(/:Vpc$/, taskType, {
      containerDefinitions: JSON.stringify([{ ...own, privileged: true }]),
    }),
    faults.beside(/:Vpc$/, taskType, { pidMode: "host", containerDefinitions: JSON.stringify([own]) }),
  ],
};
