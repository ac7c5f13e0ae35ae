import type { Chart } from "../../kit/chart";
import { image } from "./image";

/** The definitions in a folder of a repository, at the tag that the chart's version belongs to. */
function definitionsAt(folder: string, files: readonly string[]): readonly string[] {
  return files.map((file) => `https://raw.githubusercontent.com/${folder}/${file}`);
}

/** Charts for what stands between the internet and the services: certificates, ingress, DNS, load balancers. */
export const edgeCharts = {
  certManager: {
    name: "cert-manager",
    repository: "oci://quay.io/jetstack/charts/cert-manager",
    version: "v1.21.1",
    appVersion: "v1.21.1",
    licence: "Apache-2.0",
    reason: "What the seeds name, and what other charts expect for their webhooks' certificates. (000, 002)",
    images: [
      image("quay.io/jetstack/cert-manager-controller:v1.21.1", "image"),
      image("quay.io/jetstack/cert-manager-webhook:v1.21.1", "webhook.image"),
      image("quay.io/jetstack/cert-manager-cainjector:v1.21.1", "cainjector.image"),
      image("quay.io/jetstack/cert-manager-acmesolver:v1.21.1", "acmesolver.image"),
      image("quay.io/jetstack/cert-manager-startupapicheck:v1.21.1", "startupapicheck.image"),
    ],
  },
  nginxIngress: {
    name: "nginx-ingress",
    repository: "oci://ghcr.io/nginx/charts/nginx-ingress",
    version: "2.6.4",
    appVersion: "5.5.4",
    licence: "Apache-2.0",
    reason:
      "The seeds name NGINX; kubernetes/ingress-nginx is retired, and this is the controller that NGINX' own makers look after. (P1, 000, 002, 003)",
    images: [image("docker.io/nginx/nginx-ingress:5.5.4", "controller.image")],
    // The chart also brings definitions of firewalls that only NGINX Plus has, and of a DNS integration that is not used.
    definitions: definitionsAt("nginx/kubernetes-ingress/v5.5.4/config/crd/bases", [
      "k8s.nginx.org_globalconfigurations.yaml",
      "k8s.nginx.org_policies.yaml",
      "k8s.nginx.org_transportservers.yaml",
      "k8s.nginx.org_virtualserverroutes.yaml",
      "k8s.nginx.org_virtualservers.yaml",
    ]),
  },
  externalDns: {
    name: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns/",
    version: "1.21.1",
    appVersion: "0.21.0",
    licence: "Apache-2.0",
    reason: "Keeps records in Route 53 and in Linode's DNS alike. (C11, 001, 002)",
    images: [image("registry.k8s.io/external-dns/external-dns:v0.21.0", "image")],
    definitions: definitionsAt(
      "kubernetes-sigs/external-dns/external-dns-helm-chart-1.21.1/charts/external-dns/crds",
      ["dnsendpoints.externaldns.k8s.io.yaml"],
    ),
  },
  awsLoadBalancerController: {
    name: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    appVersion: "v3.5.0",
    licence: "Apache-2.0",
    reason:
      "The only one that makes network load balancers whose targets are pods; what Kubernetes brings for AWS itself gets fixes only. (C11, 000, 001)",
    images: [image("public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0", "image")],
    definitions: definitionsAt(
      "kubernetes-sigs/aws-load-balancer-controller/v3.5.0/helm/aws-load-balancer-controller/crds",
      ["crds.yaml"],
    ),
  },
} as const satisfies Readonly<Record<string, Chart>>;
