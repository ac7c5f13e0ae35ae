import type { Chart } from "../../kit/chart";
import { image, imageWithRegistry } from "./image";

/** Definitions of a chart in GitHub, by file. */
function definitionFiles(folder: string, files: readonly string[]): readonly string[] {
  return files.map((file) => `https://raw.githubusercontent.com/${folder}/${file}.yaml`);
}

/** Speaks S3 for Velero, to AWS and to Linode alike. The chart takes it as an init container, so it has no value of its own. */
export const veleroObjectStorePlugin = "docker.io/velero/velero-plugin-for-aws:v1.14.2";

/** Charts for delivery and what it needs: GitOps, registries, backup, image scanning. */
export const deliveryCharts = {
  argoCd: {
    name: "argo-cd",
    repository: "https://argoproj.github.io/argo-helm",
    version: "10.1.1",
    appVersion: "v3.4.4",
    licence: "Apache-2.0",
    reason:
      "What the seeds name. Its definitions are in templates: Helm upgrades them, and keeps them. (000, 002)",
    images: [
      image("quay.io/argoproj/argocd:v3.4.4", "global.image"),
      image("ecr-public.aws.com/docker/library/redis:8.2.3-alpine", "redis.image"),
      image("ecr-public.aws.com/docker/library/redis:8.2.3-alpine", "redis-ha.image"),
      image("ecr-public.aws.com/docker/library/haproxy:3.3.10-alpine", "redis-ha.haproxy.image"),
    ],
  },
  harbor: {
    name: "harbor",
    repository: "https://helm.goharbor.io",
    version: "1.19.1",
    appVersion: "2.15.1",
    licence: "Apache-2.0",
    reason: "What 000 names for its images. (000)",
    images: [
      image("docker.io/goharbor/harbor-core:v2.15.1", "core.image"),
      image("docker.io/goharbor/harbor-portal:v2.15.1", "portal.image"),
      image("docker.io/goharbor/harbor-jobservice:v2.15.1", "jobservice.image"),
      image("docker.io/goharbor/registry-photon:v2.15.1", "registry.registry.image"),
      image("docker.io/goharbor/harbor-registryctl:v2.15.1", "registry.controller.image"),
      image("docker.io/goharbor/harbor-db:v2.15.1", "database.internal.image"),
      image("docker.io/goharbor/redis-photon:v2.15.1", "redis.internal.image"),
      image("docker.io/goharbor/harbor-exporter:v2.15.1", "exporter.image"),
    ],
  },
  mlflow: {
    name: "mlflow",
    repository: "https://community-charts.github.io/helm-charts",
    version: "1.11.5",
    appVersion: "3.15.1",
    licence: "Apache-2.0",
    reason:
      "MLflow itself publishes no chart; this one is kept up to date and restricted by its defaults. (000)",
    images: [
      image("docker.io/burakince/mlflow:3.15.1", "image"),
      image("docker.io/burakince/mlflow:3.15.1", "initImages.mlflowDbMigration"),
    ],
  },
  velero: {
    name: "velero",
    repository: "https://vmware-tanzu.github.io/helm-charts",
    version: "12.1.0",
    appVersion: "1.18.1",
    licence: "Apache-2.0",
    reason: "Backs up the cluster's objects, and its volumes where their driver takes snapshots. (P15)",
    images: [image("docker.io/velero/velero:v1.18.1", "image")],
    definitions: definitionFiles("vmware-tanzu/helm-charts/velero-12.1.0/charts/velero/crds", [
      "backuprepositories",
      "backups",
      "backupstoragelocations",
      "datadownloads",
      "datauploads",
      "deletebackuprequests",
      "downloadrequests",
      "podvolumebackups",
      "podvolumerestores",
      "restores",
      "schedules",
      "serverstatusrequests",
      "volumesnapshotlocations",
    ]),
  },
  trivyOperator: {
    name: "trivy-operator",
    repository: "https://aquasecurity.github.io/helm-charts/",
    version: "0.34.0",
    appVersion: "0.32.0",
    licence: "Apache-2.0",
    reason:
      "Scans with what 002 scans with in CI, but what really runs. Trivy's v0.69.4 was malicious; this is 0.72.0, pinned by tag, for its digest is not known here. (001, 002, 004)",
    images: [
      imageWithRegistry("mirror.gcr.io/aquasec/trivy-operator:0.32.0", "image"),
      imageWithRegistry("mirror.gcr.io/aquasec/trivy:0.72.0", "trivy.image"),
    ],
    definitions: definitionFiles(
      "aquasecurity/trivy-operator/v0.32.0/deploy/helm/crds",
      [
        "clustercompliancereports",
        "clusterconfigauditreports",
        "clusterinfraassessmentreports",
        "clusterrbacassessmentreports",
        "clustersbomreports",
        "clustervulnerabilityreports",
        "configauditreports",
        "exposedsecretreports",
        "infraassessmentreports",
        "rbacassessmentreports",
        "sbomreports",
        "vulnerabilityreports",
      ].map((plural) => `aquasecurity.github.io_${plural}`),
    ),
  },
} as const satisfies Readonly<Record<string, Chart>>;
