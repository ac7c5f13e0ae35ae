import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { mainNamespace } from "../cluster/namespaces";
import { childOptions, type Site } from "../kit/site";
import { gitopsOf, type Placed } from "../systems/system";

/** Namespace of Argo CD, its projects and its applications. (000) */
export const argoNamespace = "argocd";

/** Arguments of {@link GitOpsApplication}. */
export interface GitOpsApplicationArgs {
  readonly site: Site;
  /** The system that Argo CD delivers. */
  readonly system: Placed;
}

/**
 * What the program makes of a system that Argo CD delivers: the Application that watches its repository, and none of the
 * system's own objects, for each object has one owner. What the repository must hold is what `make manifests` writes.
 * In production a person starts every sync; elsewhere Argo CD does, and undoes what others change. (D11, 000, 002)
 */
export class GitOpsApplication extends pulumi.ComponentResource {
  constructor(name: string, args: GitOpsApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:GitOpsApplication", name, {}, options);
    const { site, system } = args;
    const { gitops } = site.settings;
    if (gitops === undefined) {
      throw new Error(
        `systems.${system.name}.delivery is gitops, but platform.gitops does not say from where`,
      );
    }
    const { project, application, folder } = gitopsOf(system);
    new CustomResource(
      `${name}-application`,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { name: application, namespace: argoNamespace },
        spec: {
          project,
          source: {
            repoURL: gitops.repository,
            targetRevision: gitops.revision,
            path: `${gitops.path}/${folder}`,
          },
          destination: {
            server: "https://kubernetes.default.svc",
            namespace: mainNamespace(system, site.environment),
          },
          syncPolicy: syncPolicy(site),
        },
      },
      childOptions(this, site, argoNamespace),
    );
    this.registerOutputs();
  }
}

/** As 000 says, but for two things: the namespaces are the program's, and production waits for a person. */
function syncPolicy({ environment }: Site) {
  return {
    ...(environment !== "production" && { automated: { prune: true, selfHeal: true } }),
    syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
    retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
  };
}
