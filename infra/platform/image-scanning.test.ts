import { ImageScanning } from "./image-scanning";
import { recordServices } from "./recorded-services";

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
    trivy: { resources: { requests: { memory: "512Mi" }, limits: { memory: "512Mi" } } },
  });
});

test("every pod of its namespace may fetch databases and images, and says from where", async () => {
  const { find } = await record();
  const hosts = JSON.stringify(find("NetworkPolicy", "all-pods").metadata);
  expect(hosts).toContain("mirror.gcr.io:443");
  expect(hosts).toContain("registry.atlas-financial.com:443");
});
