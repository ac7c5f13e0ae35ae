import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { namespaceOf, namespaces } from "../cluster/namespaces";
import type { SystemName } from "../config/systems";
import { childOptions, type Site } from "../kit/site";

/** Namespace of Argo CD, its projects and its applications. (000) */
export const argoNamespace = "argocd";

/** Arguments of {@link GitOpsApplication}. */
export interface GitOpsApplicationArgs {
  readonly site: Site;
  /** The system that Argo CD delivers. */
  readonly system: SystemName;
}

/** How a system is called in Argo CD, and where its manifests are. */
interface Delivery {
  readonly project: string;
  readonly application: string;
  /** Folder below the `path` of `platform.gitops`. */
  readonly folder: string;
}

/** The systems in Argo CD; Atlas by the names that 000 gives. */
export const deliveries: Readonly<Record<SystemName, Delivery>> = {
  atlas: { project: "atlas-financial", application: "atlas-ai-services", folder: "ai-services" },
  aiaas: { project: "aiaas", application: "aiaas", folder: "aiaas" },
  "ai-middleware": { project: "ai-middleware", application: "ai-middleware", folder: "ai-middleware" },
  "market-research": {
    project: "market-research",
    application: "market-research",
    folder: "market-research",
  },
};

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
      throw new Error(`systems.${system}.delivery is gitops, but platform.gitops does not say from where`);
    }
    const { project, application, folder } = deliveries[system];
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
          destination: { server: "https://kubernetes.default.svc", namespace: mainNamespace(site, system) },
          syncPolicy: syncPolicy(site),
        },
      },
      childOptions(this, site, argoNamespace),
    );
    this.registerOutputs();
  }
}

/** The namespace of a system's environment, or the one that all of them share. */
function mainNamespace({ environment }: Site, system: SystemName): string {
  const own = namespaces.some((each) => each.owner === system && each.environment === environment);
  return namespaceOf(system, own ? environment : "shared");
}

/** As 000 says, but for two things: the namespaces are the program's, and production waits for a person. */
function syncPolicy({ environment }: Site) {
  return {
    ...(environment !== "production" && { automated: { prune: true, selfHeal: true } }),
    syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
    retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
  };
}
