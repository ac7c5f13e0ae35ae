import type { Fault } from "../loaded";

/** What can be wrong with the stack and its systems. */
export const stackFaults: readonly Fault[] = [
  {
    name: "the size of a workload that there is not",
    set: { sizes: { "ai-engin": { minimum: 5 } } },
    message: ["ai-platform:sizes.ai-engin", "no workload is called ai-engin", '"ai-engine"'],
  },
  {
    name: "the image of a workload that the system does not have",
    set: { "systems/atlas/images/of": { "api-router": "registry.example.com/api-router:v1" } },
    message: ["ai-platform:systems.atlas.images.of.api-router", "no workload is called api-router"],
  },
  {
    name: "a place in Harbor without a project",
    set: { "systems/atlas/images": { registry: "registry.atlas-financial.com" } },
    message: [
      "ai-platform:systems.atlas.images.registry",
      "Harbor keeps every image in a project",
      'example: "registry.atlas-financial.com/atlas"',
    ],
  },
  {
    name: "an image in Harbor without a project",
    set: { "systems/atlas/images/of": { "ai-engine": "registry.atlas-financial.com/ai-engine:v1" } },
    message: [
      "ai-platform:systems.atlas.images.of.ai-engine",
      'example: "registry.atlas-financial.com/atlas/ai-engine:v1"',
    ],
  },
  {
    name: "EKS without the mesh",
    set: { "platform/without": ["mesh"] },
    message: [
      "ai-platform:platform.without[0]",
      "the network agent of EKS (cluster aws) opens a Service's address only",
    ],
  },
  {
    name: "a zone that nothing would write names into",
    set: { "platform/without": ["gpu", "dns"], "clusters/linode/dns": undefined },
    message: [
      "ai-platform:platform.without[1]",
      "nothing would write names into the zone of clusters.aws.dns",
    ],
  },
  {
    name: "an unknown section",
    set: { sytems: {} },
    message: ["ai-platform:sytems", "found:   an unknown key; did you mean systems?"],
  },
  {
    name: "a missing key",
    set: { environment: undefined },
    message: [
      "ai-platform:environment",
      "found:   nothing",
      "allowed: development | staging | production",
      'example: "production"',
    ],
  },
  {
    name: "a GPU workload on a pool without GPUs",
    set: { "systems/atlas/gpuPool": "general" },
    message: [
      "ai-platform:systems.atlas.gpuPool",
      'found:   "general"',
      "problem: the nodes of this pool have no GPUs, so the GPU workloads of the system would wait for ever",
      "allowed: gpu-a10",
      'example: "gpu-a10"',
    ],
  },
  {
    name: "a GPU workload on a pool that is not there",
    set: { "systems/aiaas/gpuPool": "gpus" },
    message: [
      "ai-platform:systems.aiaas.gpuPool",
      "problem: the cluster linode has no pool of this name; it has baseline-production, baseline-staging, gpu",
      "allowed: gpu",
    ],
  },
  {
    name: "a GPU workload on a local cluster without GPUs",
    stack: "dev",
    set: { "systems/market-research/gpuPool": "default" },
    message: [
      "ai-platform:systems.market-research.gpuPool",
      "allowed: none: no pool of the cluster has GPUs; leave the key out",
    ],
  },
  {
    name: "training on a pool without GPUs",
    set: { "systems/market-research/trainingPool": "general" },
    message: ["ai-platform:systems.market-research.trainingPool", 'found:   "general"', "allowed: gpu-a10"],
  },
  {
    name: "a GPU workload on a cluster that another stack owns",
    stack: "staging",
    set: { "systems/aiaas/gpuPool": "gpu" },
    message: [
      "ai-platform:systems.aiaas.gpuPool",
      "problem: the cluster and its pools belong to the stack organization/ai-platform/prod",
    ],
  },
  {
    name: "placement on a cluster that the stack lacks",
    set: { "systems/ai-middleware/cluster": "local" },
    message: [
      "ai-platform:systems.ai-middleware.cluster",
      'found:   "local"',
      "problem: the stack has no cluster of this name",
      "allowed: aws | linode",
      'example: "aws"',
    ],
  },
  {
    name: "a stack without any cluster",
    stack: "dev",
    set: { clusters: undefined },
    message: ["ai-platform:clusters", "found:   nothing", 'example: {"local":{"cloud":"local"'],
  },
  {
    name: "a stack with an empty list of clusters",
    stack: "dev",
    set: { clusters: {} },
    message: ["ai-platform:clusters", "found:   no cluster for any system", "allowed: at least one cluster"],
  },
  {
    name: "a cluster whose name is misspelt",
    set: { "systems/aiaas/cluster": "lindoe" },
    message: [
      "ai-platform:systems.aiaas.cluster",
      "problem: the stack has no cluster of this name; did you mean linode?",
      'example: "linode"',
    ],
  },
  {
    name: "a Kubernetes version out of support on EKS",
    stack: "staging",
    on: new Date("2027-03-28"),
    set: {},
    message: [
      "ai-platform:clusters.aws.cluster.version",
      'found:   "1.35"',
      "problem: EKS ended standard support of Kubernetes 1.35 on 2027-03-27",
    ],
  },
  {
    name: "a missing secret",
    token: false,
    set: {},
    message: [
      "ai-platform:clusters.linode",
      "found:   no token for Linode's API",
      "problem: the cluster needs the secret linode:token of the stack, or LINODE_TOKEN in the environment",
      "example: pulumi config set --secret linode:token",
    ],
  },
  {
    name: "sharing a cluster that another stack owns",
    stack: "staging",
    set: { "systems/aiaas/sharedWith": ["development"] },
    message: [
      "ai-platform:systems.aiaas.sharedWith",
      "problem: the cluster belongs to the stack organization/ai-platform/prod; only that one may share it",
    ],
  },
  {
    name: "sharing a cluster with oneself",
    set: { "systems/aiaas/sharedWith": ["staging", "production"] },
    message: ["ai-platform:systems.aiaas.sharedWith[1]", "problem: this is the stack's own environment"],
  },
  {
    name: "production whose alerts reach nobody",
    set: { "platform/alerts": undefined },
    message: [
      "ai-platform:platform.alerts",
      "found:   nothing",
      "problem: production's alerts would not be sent to anyone",
      "example: { critical: { type: pagerduty }, warning: { type: slack }, watchdog: { type: webhook }",
    ],
  },
  {
    name: "alerts to a kind of service that nobody knows",
    set: { "platform/alerts/critical/type": "pager" },
    message: [
      "ai-platform:platform.alerts.critical.type",
      'found:   "pager"',
      "allowed: pagerduty | slack | msteams | webhook",
    ],
  },
  {
    name: "GitOps without a repository",
    set: { "platform/gitops": undefined, "systems/atlas/delivery": "gitops" },
    message: [
      "ai-platform:systems.atlas.delivery",
      "problem: platform.gitops does not say which repository Argo CD reads",
      "allowed: program, or the key left out",
    ],
  },
  {
    name: "GitOps without Argo CD",
    set: { "platform/without": ["gitops"], "systems/aiaas/delivery": "gitops" },
    message: [
      "ai-platform:systems.aiaas.delivery",
      "problem: the stack does without Argo CD: platform.without names gitops",
    ],
  },
  {
    name: "a repository that is not reached by https",
    set: { "platform/gitops/repository": "git@github.com:atlas-financial/infrastructure.git" },
    message: ["ai-platform:platform.gitops.repository", "https://"],
  },
  {
    name: "a tag that the program sets itself",
    set: { "tags/stack": "other" },
    message: [
      "ai-platform:tags.stack",
      "problem: the program sets the tags project, stack, environment, managed-by itself",
    ],
  },
];
