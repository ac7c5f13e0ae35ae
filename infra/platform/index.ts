import * as pulumi from "@pulumi/pulumi";
import { Backup } from "./backup";
import { Certificates } from "./certificates";
import { GitOps } from "./gitops";
import { ImageScanning } from "./image-scanning";
import { Mesh } from "./mesh";
import { ModelRegistry } from "./model-registry";
import { Registry } from "./registry";
import { has, type Site } from "./site";

/** Arguments of {@link PlatformServices}. */
export interface PlatformServicesArgs {
  readonly site: Site;
}

/** The services that a cluster offers to the systems on it, one component for each concern. (P1-P17) */
export class PlatformServices extends pulumi.ComponentResource {
  /** Encrypts and authorises what the systems' pods say to each other; undefined where the stack does without. (P16) */
  readonly mesh: Mesh | undefined;

  constructor(name: string, { site }: PlatformServicesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Services", name, {}, options);
    const child = { parent: this };
    const { backups } = site.cluster.buckets;
    const atlasRunsHere = site.systems.atlas?.cluster === site.cluster.name;

    this.mesh = has(site, "mesh") ? new Mesh(`${name}-mesh`, { site }, child) : undefined;
    new Certificates(`${name}-certificates`, { site }, child);
    if (has(site, "gitops")) new GitOps(`${name}-gitops`, { site }, child);
    if (has(site, "backup") && backups) new Backup(`${name}-backup`, { site, bucket: backups }, child);
    if (has(site, "image-scanning")) new ImageScanning(`${name}-image-scanning`, { site }, child);
    // Both are Atlas': the registry by its host, the model registry by its namespace. (000)
    if (has(site, "registry") && atlasRunsHere) new Registry(`${name}-registry`, { site }, child);
    if (has(site, "model-registry") && atlasRunsHere) {
      new ModelRegistry(`${name}-model-registry`, { site }, child);
    }
    this.registerOutputs();
  }
}
