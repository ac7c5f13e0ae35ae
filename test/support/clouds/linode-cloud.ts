import { linodeStandIn } from "../../../sandbox/providers/linode/index";
import type { Values } from "../../../sandbox/providers/standin";
import { TestCloud, type TestResource } from "./cloud";

export let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud(linodeStandIn);
});

afterEach(() => cloud.remove());

export async function make(
  type: string,
  inputs: Values,
): Promise<TestResource & { readonly logged: readonly string[] }> {
  return cloud.create({}, `linode:index/${type}`, inputs);
}

export async function preview(type: string, inputs: Values): Promise<TestResource> {
  return cloud.create({}, `linode:index/${type}`, inputs, { preview: true });
}

export const cluster = {
  label: "aiaas",
  region: "fr-par",
  k8sVersion: "1.35",
  pools: [{ type: "g6-standard-4", count: 3 }],
};

export const pool = { clusterId: 1, type: "g6-standard-8", nodeCount: 3 };

export const bucket = { label: "exports", region: "fr-par" };

export const database = {
  label: "users",
  engineId: "postgresql/16",
  region: "fr-par",
  type: "g6-dedicated-4",
};

export const firewall = { label: "nodes", inboundPolicy: "DROP", outboundPolicy: "ACCEPT" };
