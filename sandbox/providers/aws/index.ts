import type { CloudDefinition } from "../../clouds/definition";
import { TableProvider } from "../../clouds/provider";
import type { Invoke, Tables } from "../../clouds/table";
import { isObject } from "../../clouds/values";
import type { SandboxContext } from "../context";
import type { StandIn, Values } from "../standin";
import { backup } from "./backup";
import { compute } from "./compute";
import { type AwsConfiguration, configurationFailures, readConfiguration } from "./configuration";
import { edge } from "./edge";
import { eks } from "./eks";
import { files } from "./files";
import { identity } from "./identity";
import { network } from "./network";
import { observability } from "./observability";
import schema from "./schema.json";
import { storage } from "./storage";

/** Every type of AWS that the sandbox knows. */
export const awsTables: Tables = {
  ...network,
  ...identity,
  ...compute,
  ...eks,
  ...storage,
  ...files,
  ...backup,
  ...observability,
  ...edge,
};

const invokes: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:user/sandbox`,
    userId: "AIDASANDBOX",
  }),
  "aws:index/getRegion:getRegion": (args, { region }) => ({ id: region, region, name: region, ...args }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
};

/** The stand-in for AWS: one account, whose EKS clusters are real control planes on this machine. */
export function awsStandIn({ store, clusters }: SandboxContext): StandIn {
  const inState = new Set<string>();
  return {
    name: "aws",
    version: "7.48.0",
    checkConfig: async (inputs) => configurationFailures(inputs),
    diffConfig: async (oldInputs, newInputs) => {
      const before = readConfiguration(oldInputs);
      const after = readConfiguration(newInputs);
      return {
        differences: (["region", "account"] as const)
          .filter((property) => before[property] !== after[property])
          .map((property) => ({
            path: property === "account" ? "allowedAccountIds" : property,
            kind: "update",
            replace: true,
          })),
      };
    },
    configure: async (inputs) =>
      new TableProvider(definition(readConfiguration(inputs)), store, clusters, inState),
  };
}

function definition({ account, region, defaultTags }: AwsConfiguration): CloudDefinition {
  return {
    cloud: "aws",
    account,
    region,
    schema,
    tables: awsTables,
    invokes,
    common: (inputs, place): Values => ({
      region: place.region,
      ownerId: place.account,
      tagsAll: { ...defaultTags, ...(isObject(inputs.tags) ? inputs.tags : {}) },
    }),
    tablesFolder: "sandbox/providers/aws",
  };
}
