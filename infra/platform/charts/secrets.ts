import type { Chart } from "../../kit/chart";
import { image, imageWithRegistry } from "./image";

const externalSecretsImage = "ghcr.io/external-secrets/external-secrets:v2.9.0";

/** Charts for secrets that come from outside the program. */
export const secretsCharts = {
  externalSecrets: {
    name: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
    appVersion: "v2.9.0",
    licence: "Apache-2.0",
    reason:
      "Copies secrets from AWS Secrets Manager by the pod's own identity and keeps them up to date; 2.x serves only external-secrets.io/v1. (001, 004)",
    images: ["image", "webhook.image", "certController.image"].map((path) =>
      image(externalSecretsImage, path),
    ),
  },
  sealedSecrets: {
    name: "sealed-secrets",
    repository: "https://bitnami-labs.github.io/sealed-secrets",
    version: "2.18.5",
    appVersion: "0.36.6",
    licence: "Apache-2.0",
    reason:
      "What 002 names for secrets in Git. The release notes call 0.36.6 incomplete because Docker Hub's credentials failed, so the image comes from GitHub's registry, to which the project publishes too; a mirror should be filled from there and checked before this is relied upon.",
    images: [imageWithRegistry("ghcr.io/bitnami-labs/sealed-secrets-controller:0.36.6", "image")],
    definitions: [
      "https://raw.githubusercontent.com/bitnami-labs/sealed-secrets/helm-v2.18.5/helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml",
    ],
  },
} as const satisfies Readonly<Record<string, Chart>>;
