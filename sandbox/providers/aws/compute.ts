import { findAwsInstanceType } from "../../../facts/aws-instance-types";
import { CloudError } from "../../clouds/errors";
import { between, matches, oneOf } from "../../clouds/rules";
import { broughtOnly, failure, holds, type Rule, refers, type Tables } from "../../clouds/table";
import { leaves, text, texts } from "../../clouds/values";
import type { Values } from "../standin";
import { prefixed, regionalArn } from "./names";
import { tokens } from "./tokens";

/** Instance types at a path are ones whose facts are known: a node of any other could not be made truthfully. */
export function knownInstanceTypes(path: string): Rule {
  return (inputs) =>
    texts(inputs, path)
      .filter((name) => findAwsInstanceType(name) === undefined)
      .map((name) =>
        failure(
          path,
          `InvalidParameterValue: the sandbox does not know the instance type "${name}"; ` +
            "if it exists, add it to facts/aws-instance-types.ts",
        ),
      );
}

/** GiB of the largest volume that block device mappings ask for; undefined when they name none. */
export function largestVolume(inputs: Values): number | undefined {
  const sizes = leaves(inputs, "blockDeviceMappings.ebs.volumeSize").filter(
    (size) => typeof size === "number",
  );
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

export const compute: Tables = {
  [tokens.launchTemplate]: {
    label: "EC2 launch template",
    replaces: ["name", "namePrefix"],
    autoName: "name",
    newId: prefixed("lt-0"),
    notFound: "InvalidLaunchTemplateId.NotFound",
    rules: [
      matches("name", /^[A-Za-z0-9().\-/_]{3,128}$/, "3 to 128 letters, digits and ().-/_"),
      knownInstanceTypes("instanceType"),
      oneOf("metadataOptions.httpTokens", ["required", "optional"]),
      oneOf("metadataOptions.httpEndpoint", ["enabled", "disabled"]),
      between("metadataOptions.httpPutResponseHopLimit", 1, 64),
      oneOf("blockDeviceMappings.ebs.volumeType", ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"]),
      between("blockDeviceMappings.ebs.iops", 100, 256_000),
      between("blockDeviceMappings.ebs.throughput", 125, 2000, "MiB/s"),
    ],
    links: {
      vpcSecurityGroupIds: holds(tokens.securityGroup),
      "blockDeviceMappings.ebs.kmsKeyId": refers([tokens.key, tokens.alias], /alias\/aws\//),
    },
    changing: ["latestVersion"],
    admit: async ({ inputs, id, neighbours, resource }) => {
      const same = (await neighbours.list(resource.type)).find(
        (record) => record.id !== id && record.inputs.name === inputs.name,
      );
      if (!same) return;
      const name = text(inputs, "name");
      throw new CloudError(
        "InvalidLaunchTemplateName.AlreadyExistsException",
        `the name "${name}" is already in use`,
      );
    },
    compute: (request) => {
      const before = request.previous?.computed.latestVersion;
      const latestVersion = typeof before === "number" ? before + 1 : 1;
      const defaultVersion = request.inputs.updateDefaultVersion === true ? latestVersion : 1;
      return {
        ...regionalArn("ec2", ({ id }) => `launch-template/${id}`)(request),
        latestVersion,
        defaultVersion,
      };
    },
  },
  "aws:autoscaling/tag:Tag": {
    label: "Auto Scaling group tag",
    replaces: ["autoscalingGroupName", "tag.key"],
    links: { autoscalingGroupName: refers(tokens.autoscalingGroup) },
    identify: (inputs) => `${text(inputs, "autoscalingGroupName")},${text(inputs, "tag.key")}`,
  },
  [tokens.autoscalingGroup]: broughtOnly(
    "Auto Scaling group",
    { [tokens.nodeGroup]: "resources.autoscalingGroups.name" },
    "the sandbox cannot tell which labels and taints the nodes of a self-managed Auto Scaling group would get, " +
      "because its user data says so; use a managed node group",
  ),
};
