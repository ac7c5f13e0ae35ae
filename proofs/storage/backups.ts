import { z } from "zod";
import { mapAt } from "../../model/facts/read";
import type { Model } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, nothing } from "../verdict";
import { type ClaimOf, claimsOf, classOf } from "./claims";

const condition = z.array(z.object({ key: z.string(), value: z.string() })).default([]);
const selection = z.object({
  resources: z.array(z.string()),
  conditions: z.array(z.object({ stringEquals: condition, stringNotEquals: condition })).default([]),
});
const addon = z.object({ addonName: z.string(), configurationValues: z.string().optional() });

type Tags = Readonly<Record<string, string>>;

/** AWS Backup skips volumes that are deleted with their pod, and takes those that stay. */
export const backupsTakeWhatStays: Check = ({ model, plan }) => {
  const selections = plan?.all("aws:backup/selection:Selection", selection) ?? [];
  if (plan === undefined || selections.length === 0) {
    return nothing;
  }
  const drivers = plan.all("aws:eks/addon:Addon", addon).map(({ inputs }) => inputs);
  const ofAll = extraTags(drivers.find(({ addonName }) => addonName === "aws-ebs-csi-driver"));
  const disks = claimsOf(model).filter((claim) => classOf(model, claim)?.provisioner === "ebs.csi.aws.com");
  return each(disks, (claim) => {
    const tags = { ...ofAll, ...classTags(model, claim) };
    const isTaken = selections.some(({ inputs }) => takes(inputs, tags));
    if (isTaken !== claim.isScratch) {
      return undefined;
    }
    return {
      object: `${nameOf(claim.of)}, claim ${claim.name}`,
      rule: isTaken
        ? "AWS Backup takes the volume along, which goes with its pod: each run's copy is kept and paid for"
        : "AWS Backup does not take the volume along, which is there to stay",
      source: "AWS Backup, selections: volumes by their tags, which the EBS driver gives all of a class",
      fix: "take the class that says which it is: scratch for what goes with its pod",
    };
  });
};

function takes({ resources, conditions }: z.infer<typeof selection>, tags: Tags): boolean {
  const has = ({ key, value }: { readonly key: string; readonly value: string }): boolean =>
    tags[key.replace("aws:ResourceTag/", "")] === value;
  return (
    resources.some((arn) => arn.includes(":volume/")) &&
    conditions.every(
      ({ stringEquals, stringNotEquals }) => stringEquals.every(has) && !stringNotEquals.some(has),
    )
  );
}

function extraTags(driver: z.infer<typeof addon> | undefined): Tags {
  const configuration: unknown = JSON.parse(driver?.configurationValues ?? "{}");
  return mapAt(configuration, "controller", "extraVolumeTags") ?? {};
}

function classTags(model: Model, claim: ClaimOf): Tags {
  const parameters = Object.entries(classOf(model, claim)?.parameters ?? {});
  return Object.fromEntries(
    parameters
      .filter(([key]) => key.startsWith("tagSpecification_"))
      .map(([, tag]) => [tag.slice(0, tag.indexOf("=")), tag.slice(tag.indexOf("=") + 1)]),
  );
}
