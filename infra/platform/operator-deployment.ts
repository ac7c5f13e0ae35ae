import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../kit/mirror";
import { monitorPods } from "../kit/pod-monitor";
import { childOptions, type Site } from "../kit/site";
import type { Software } from "../kit/software";
import { type Resources, resources, restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, type Pods, pods } from "../network/edge";

/** What an operator may do with some kinds of objects. */
export interface PermissionRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** Arguments of {@link OperatorDeployment}. */
export interface OperatorDeploymentArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The operator. Its name is that of all its objects. */
  readonly software: Software;
  readonly arguments: readonly string[];
  /** What it may do in every namespace. */
  readonly rules: PermissionRule[];
  readonly size: Resources;
}

/** What an operator needs in its own namespace so that only one of it acts. */
const leaderElectionRules: PermissionRule[] = [
  {
    apiGroups: ["coordination.k8s.io"],
    resources: ["leases"],
    verbs: ["get", "list", "watch", "create", "update", "patch"],
  },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
];

const metricsPort = 8080;
const healthPort = 8081;

/** An operator that is published as an image and definitions, without a chart: all that a chart of it would hold. */
export class OperatorDeployment extends pulumi.ComponentResource {
  /** The operator's pods. */
  readonly pods: Pods;

  constructor(name: string, args: OperatorDeploymentArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:OperatorDeployment", name, {}, options);
    const { site, namespace, software } = args;
    const labels = { "app.kubernetes.io/name": software.name };
    const account = this.createAccount(name, args);
    new Deployment(
      `${name}-deployment`,
      {
        metadata: { name: software.name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: software.name,
              automountServiceAccountToken: true,
              priorityClassName: "platform-critical",
              securityContext: restrictedPod,
              containers: [
                {
                  name: "operator",
                  image: imageReference(software.image, site.settings.mirror),
                  command: ["/manager"],
                  args: [...args.arguments],
                  env: [
                    {
                      name: "OPERATOR_NAMESPACE",
                      valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
                    },
                    // Its webhooks would only say earlier what the types of this program, or the operator itself, say.
                    { name: "ENABLE_WEBHOOKS", value: "false" },
                  ],
                  ports: [
                    { name: "metrics", containerPort: metricsPort },
                    { name: "health", containerPort: healthPort },
                  ],
                  livenessProbe: { httpGet: { path: "/healthz", port: "health" }, initialDelaySeconds: 15 },
                  readinessProbe: { httpGet: { path: "/readyz", port: "health" } },
                  resources: resources(args.size),
                  securityContext: restrictedContainer,
                },
              ],
            },
          },
        },
      },
      childOptions(this, site, namespace, site.definitions.of(software), ...account),
    );
    this.pods = pods(namespace, software.name, labels);
    site.network.allow(this.pods, apiServer);
    monitorPods(
      `${name}-monitor`,
      { site, pods: this.pods, port: { name: "metrics", number: metricsPort } },
      this,
    );
    this.registerOutputs();
  }

  /** @returns what has to be there before the operator starts */
  private createAccount(
    name: string,
    { site, namespace, software, rules }: OperatorDeploymentArgs,
  ): readonly pulumi.Resource[] {
    const own = { name: software.name, namespace };
    const subjects = [{ kind: "ServiceAccount", ...own }];
    const options = childOptions(this, site, namespace);
    const roleRef = (kind: string) => ({
      apiGroup: "rbac.authorization.k8s.io",
      kind,
      name: software.name,
    });
    return [
      new ServiceAccount(`${name}-account`, { metadata: own }, options),
      new ClusterRole(`${name}-cluster-role`, { metadata: { name: software.name }, rules }, options),
      new ClusterRoleBinding(
        `${name}-cluster-role-binding`,
        { metadata: { name: software.name }, roleRef: roleRef("ClusterRole"), subjects },
        options,
      ),
      new Role(`${name}-role`, { metadata: own, rules: leaderElectionRules }, options),
      new RoleBinding(`${name}-role-binding`, { metadata: own, roleRef: roleRef("Role"), subjects }, options),
    ];
  }
}
