import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { type EksAddonName, type EksVersionName, eksAddons } from "../../facts/aws-eks";

export interface AddonArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly kubernetesVersion: EksVersionName;
  readonly addon: EksAddonName;
  /**
   * The add-on's own settings, as `aws eks describe-addon-configuration` lists them.
   * @default the add-on's
   */
  readonly configuration?: pulumi.Input<Readonly<Record<string, unknown>>>;
  /**
   * The role that the add-on's pods take on.
   * @default none
   */
  readonly podRole?: { readonly serviceAccount: string; readonly arn: pulumi.Input<string> };
}

/** An EKS add-on, in the version that is pinned for the cluster's Kubernetes version (D4). */
export class Addon extends pulumi.ComponentResource {
  constructor(name: string, args: AddonArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Addon", name, {}, opts);
    const { podRole, configuration } = args;
    new eks.Addon(
      `${name}-addon`,
      {
        clusterName: args.clusterName,
        addonName: args.addon,
        addonVersion: eksAddons[args.kubernetesVersion][args.addon],
        // This program owns the add-ons: manual changes are reverted.
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        ...(configuration && { configurationValues: pulumi.jsonStringify(configuration) }),
        ...(podRole && {
          podIdentityAssociations: [{ serviceAccount: podRole.serviceAccount, roleArn: podRole.arn }],
        }),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
