import type { ContainerFacts } from "../model/facts/pod";
import { requestsOf } from "./requests";
import { onePod } from "./resources";

const container = (resources: ContainerFacts["resources"], more: Partial<ContainerFacts> = {}) => ({
  name: "main",
  image: "main:1",
  resources,
  ...more,
});

test("CPU, memory, the node's disk and cards are counted, and nothing else", () => {
  const requests = {
    cpu: "250m",
    memory: "1Gi",
    "ephemeral-storage": "2Gi",
    "nvidia.com/gpu": "1",
    "example.com/other": "3",
  };
  expect(requestsOf({ containers: [container({ requests })] })).toEqual({
    ...onePod,
    cpuMillis: 250,
    memoryMib: 1024,
    diskMib: 2048,
    gpus: 1,
  });
});

test("what is not requested is what the limit says, or else the namespace's default, container by container", () => {
  const defaults = { cpu: "50m", memory: "64Mi", "ephemeral-storage": "512Mi" };
  const containers = [
    container({ limits: { cpu: "1", "ephemeral-storage": "1Gi" } }),
    container(undefined),
    container({ requests: { cpu: "10m" } }),
  ];
  expect(requestsOf({ containers }, defaults)).toMatchObject({
    cpuMillis: 1060,
    memoryMib: 192,
    diskMib: 2048,
  });
});

test("init containers take the disk one after the other, beside the sidecars", () => {
  const disk = (size: string) => ({ requests: { "ephemeral-storage": size } });
  const containers = [
    container(disk("1Gi"), { init: true, sidecar: true }),
    container(disk("5Gi"), { init: true }),
    container(disk("2Gi")),
  ];
  expect(requestsOf({ containers }).diskMib).toBe(6144);
});
