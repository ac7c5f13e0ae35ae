import { awsRegions } from "../../../facts/aws-regions";
import { shapeFailures } from "../../clouds/schema";
import { decodeSettings } from "../../clouds/settings";
import { failure } from "../../clouds/table";
import { isKnown, isObject, text, textMap, texts } from "../../clouds/values";
import type { CheckFailure, Values } from "../standin";
import schema from "./schema.json";

/** What an `aws.Provider` needs to be told here. */
export interface AwsConfiguration {
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** The account that the sandbox simulates when the program does not name one. */
const anyAccount = "123456789012";

/** Faults of a provider's inputs, each with what would be right. */
export function configurationFailures(given: Values): readonly CheckFailure[] {
  const inputs = decodeSettings(schema, given);
  return [
    ...shapeFailures(schema, schema.provider, inputs),
    ...regionFailures(inputs),
    ...accountFailures(inputs),
  ];
}

export function readConfiguration(given: Values): AwsConfiguration {
  const inputs = decodeSettings(schema, given);
  const defaultTags = isObject(inputs.defaultTags) ? textMap(inputs.defaultTags, "tags") : {};
  return { region: text(inputs, "region") ?? "", account: accountOf(inputs), defaultTags };
}

function regionFailures(inputs: Values): readonly CheckFailure[] {
  if (inputs.region !== undefined && !isKnown(inputs.region)) return [];
  const region = text(inputs, "region") ?? process.env.AWS_REGION;
  if (region === undefined || region === "") {
    return [failure("region", 'missing: give the provider a region, such as "us-east-1"')];
  }
  if (Object.hasOwn(awsRegions, region)) return [];
  return [
    failure(
      "region",
      `"${region}" is not a region that the sandbox knows: ${Object.keys(awsRegions).join(", ")}`,
    ),
  ];
}

/** The guard that keeps a stack out of a foreign account works here as it does at AWS. */
function accountFailures(inputs: Values): readonly CheckFailure[] {
  const account = accountOf(inputs);
  const allowed = texts(inputs, "allowedAccountIds");
  const malformed = allowed
    .filter((id) => !/^\d{12}$/.test(id))
    .map((id) => failure("allowedAccountIds", `"${id}" is not an account id of twelve digits`));
  if (malformed.length > 0) return malformed;
  if (allowed.length > 0 && !allowed.includes(account)) {
    return [
      failure(
        "allowedAccountIds",
        `AWS account ID not allowed: ${account}; allowed are ${allowed.join(", ")}`,
      ),
    ];
  }
  if (texts(inputs, "forbiddenAccountIds").includes(account)) {
    return [failure("forbiddenAccountIds", `AWS account ID not allowed: ${account}`)];
  }
  return [];
}

/** The account of the role that is assumed, else the account that the program expects, else any. */
function accountOf(inputs: Values): string {
  const assumed = /^arn:aws:iam::(\d{12}):/.exec(text(inputs, "assumeRoles.roleArn") ?? "")?.[1];
  return assumed ?? text(inputs, "allowedAccountIds") ?? anyAccount;
}
