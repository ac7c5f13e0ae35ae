import { waitsForAnnotation as saidByTheProgram } from "../../infra/kit/waits-for";
import { waitsForAnnotation } from "../cluster/may-start";
import { awaitedBy, type Pod } from "./awaited";

const waiting = (reason: string): Pod["status"] => ({
  phase: "Pending",
  conditions: [{ type: "Ready", status: "False" }],
  containerStatuses: [{ image: "registry.test/web:v1", state: { waiting: { reason } } }],
});
const ready: Pod["status"] = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };

function pod(name: string, status: Pod["status"], annotations: Readonly<Record<string, string>> = {}): Pod {
  return { metadata: { name, namespace: "shop", labels: { app: "web" }, annotations }, status };
}

test("images that no registry has are named, once for all replicas", () => {
  const replicas = ["ErrImagePull", "ErrImagePull"].map((reason, index) =>
    pod(`web-${index}`, waiting(reason)),
  );
  expect(awaitedBy(replicas)).toEqual(["shop/web: the image registry.test/web:v1 (ErrImagePull)"]);
});

test("so is what people bring, as long as the pod is not Ready", () => {
  const model = { [saidByTheProgram]: "the model web-v1" };
  expect(awaitedBy([pod("web-0", waiting("ContainerCreating"), model)])).toEqual([
    "shop/web: the model web-v1",
  ]);
  expect(awaitedBy([pod("web-0", ready, model)])).toEqual([]);
  expect(awaitedBy([pod("job-0", { phase: "Succeeded" }, model)])).toEqual([]);
});

test("pods that wait for nothing of the kind are not named", () => {
  expect(awaitedBy([pod("web-0", waiting("ContainerCreating"))])).toEqual([]);
});

test("the program and the sandbox have one annotation", () => {
  expect(waitsForAnnotation).toBe(saidByTheProgram);
});
