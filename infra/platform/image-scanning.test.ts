import { z } from "zod";
import { recordServices } from "../../test/support/recorded/services";
import { ImageScanning } from "./image-scanning";

const record = () =>
  recordServices((site) => {
    new ImageScanning("image-scanning", { site });
  });

test("it scans images and settings, and nothing that needs the nodes' own files", async () => {
  const { find } = await record();
  expect(find("Release", "trivy-operator").values).toMatchObject({
    operator: {
      vulnerabilityScannerEnabled: true,
      exposedSecretScannerEnabled: true,
      configAuditScannerEnabled: true,
      infraAssessmentScannerEnabled: false,
      clusterComplianceEnabled: false,
    },
  });
});

test("scans are restricted, small and last in line", async () => {
  const { find } = await record();
  expect(find("Release", "trivy-operator").values).toMatchObject({
    operator: { scanJobsConcurrentLimit: 3 },
    trivyOperator: {
      scanJobPodPriorityClassName: "batch",
      scanJobPodTemplatePodSecurityContext: { runAsNonRoot: true, runAsUser: 65534 },
      scanJobPodTemplateContainerSecurityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
    },
    trivy: { resources: { requests: { memory: "2Gi" }, limits: { memory: "2Gi" } } },
  });
});

test("Trivy has its whole time: the job that it runs in ends later", async () => {
  const { find } = await record();
  const { operator, trivy } = z
    .object({ operator: z.object({ scanJobTimeout: z.string() }), trivy: z.object({ timeout: z.string() }) })
    .parse(find("Release", "trivy-operator").values);
  expect(minutes(operator.scanJobTimeout)).toBeGreaterThan(minutes(trivy.timeout));
  expect(minutes(trivy.timeout)).toBeGreaterThanOrEqual(20);
});

function minutes(duration: string): number {
  return Number(/^(\d+)m(0s)?$/.exec(duration)?.[1]);
}

test("every pod of its namespace may fetch databases and images, and says from where", async () => {
  const { find } = await record();
  const hosts = JSON.stringify(find("NetworkPolicy", "all-pods").metadata);
  expect(hosts).toContain("mirror.gcr.io:443");
  expect(hosts).toContain("registry.atlas-financial.com:443");
});
