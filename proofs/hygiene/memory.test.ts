import { memoryFigures } from "../../facts/memory-figures";
import { modelOf } from "../../model/expand";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { limitedContainers, memoryHasFigures } from "./memory";

// Whole stacks take seconds on a busy machine.
jest.setTimeout(120_000);

const store = (image: string, memory: string | undefined, priorityClassName = "data-store") =>
  object("store", "apps/v1", "StatefulSet", {
    metadata: { name: "store", namespace: "shop" },
    spec: {
      template: {
        spec: {
          priorityClassName,
          containers: [
            { name: "store", image, ...(memory !== undefined && { resources: { limits: { memory } } }) },
          ],
        },
      },
    },
  });

test.each([
  ["a limit above its figure", "docker.io/grafana/grafana:13.2.0", "1Gi", []],
  [
    "a limit below its figure",
    "docker.io/grafana/grafana:13.2.0",
    "256Mi",
    ["its container store takes 512 MiB, and may take 256"],
  ],
  ["no limit", "docker.io/grafana/grafana:13.2.0", undefined, ["its container store has no memory limit"]],
  [
    "a figure that nobody knows",
    "docker.io/shop/store:1",
    "1Gi",
    ["nothing tells how much memory its container store"],
  ],
  [
    "a share of a limit that leaves no room",
    "quay.io/strimzi/kafka:1",
    "512Mi",
    ["takes 556 MiB, and may take 512"],
  ],
])("a store with %s", (_, image, memory, expected) => {
  expect(faultsOf(memoryHasFigures, evidenceOf(store(image, memory)))).toEqual(
    expected.map((rule) => expect.stringContaining(rule)),
  );
});

test("software with a figure is held to it wherever it runs; other services need none", () => {
  expect(
    faultsOf(memoryHasFigures, evidenceOf(store("docker.io/burakince/mlflow:3", "512Mi", "serving"))),
  ).toEqual([]);
  expect(
    faultsOf(memoryHasFigures, evidenceOf(store("docker.io/burakince/mlflow:3", "384Mi", "serving"))),
  ).toHaveLength(1);
  expect(faultsOf(memoryHasFigures, evidenceOf(store("docker.io/shop/web:1", "64Mi", "serving")))).toEqual(
    [],
  );
});

test("every figure is of something that a reviewed plan has", () => {
  const containers = reviewedStacks().flatMap((stack) => limitedContainers(modelOf(readPlan(stack))));
  const idle = memoryFigures.filter(
    (figure) =>
      !containers.some(
        ({ image, container }) =>
          image
            .replace(/@.*$/, "")
            .replace(/:[^/:]*$/, "")
            .endsWith(figure.image) &&
          (figure.container === undefined || container.includes(figure.container)),
      ),
  );
  expect(idle).toEqual([]);
});
