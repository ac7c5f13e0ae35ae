import { clusterExporters } from "../../test/observability/expositions/cluster";
import { clouds } from "../../test/support/recorded/objects";
import { recordService } from "../../test/support/recorded/service";
import { acceleratorLabel } from "../kit/accelerator";
import { cardMetrics, GpuAgents } from "./gpu";

const agents = ["nvidia-device-plugin", "dcgm-exporter"] as const;

function record(kind: "eks" | "local") {
  return recordService(
    (site) => {
      new GpuAgents("gpu", { site });
    },
    { cloud: clouds[kind] },
  );
}

test.each(agents)(
  "%s runs on every node with cards, whatever its taints, and on no other (P14)",
  async (agent) => {
    const { values, namespace } = (await record("eks")).release(agent);
    expect(namespace).toBe("node-agents");
    expect(values.tolerations).toEqual([{ operator: "Exists" }]);
    expect(values.priorityClassName).toBe("system-node-critical");
    const { nodeSelectorTerms } = values.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const [[key, value] = []] = Object.entries(acceleratorLabel);
    expect(nodeSelectorTerms).toEqual([{ matchExpressions: [{ key, operator: "In", values: [value] }] }]);
  },
);

test("on a cluster that somebody else made every node has cards, and none our label", async () => {
  const { values } = (await record("local")).release("nvidia-device-plugin");
  expect(JSON.stringify(values.affinity)).not.toContain("accelerator");
});

test.each(agents)("%s adds no capabilities", async (agent) => {
  const { securityContext } = (await record("eks")).release(agent).values;
  expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } });
  expect(securityContext.capabilities.add ?? []).toEqual([]);
});

test("the exporter asks for no field that it would need a capability for", async () => {
  const { securityContext, customMetrics } = (await record("eks")).release("dcgm-exporter").values;
  expect(securityContext.capabilities.add ?? []).not.toContain("SYS_ADMIN");
  expect(customMetrics).toMatch(/^DCGM_FI_DEV_XID_ERRORS, gauge, /m);
  expect(customMetrics).not.toContain("DCGM_FI_PROF_");
});

test("every field that rules and dashboards use is asked for", () => {
  const asked = cardMetrics.map((line) => line.split(",")[0]);
  expect(asked).toEqual(expect.arrayContaining(Object.keys(clusterExporters["dcgm-exporter"].metrics)));
});
