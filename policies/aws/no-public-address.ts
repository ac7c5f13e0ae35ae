import { everywhereAndInJson } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

/** Names of properties that give out a public address, and the values that do. */
const addresses: Readonly<Record<string, RegExp>> = {
  AllowFromPublic: /^true$/,
  appNetworkAccessType: /^PublicInternetOnly$/,
  assignPublicIp: /^(true|ENABLED)$/i,
  associatePublicIpAddress: /^true$/i,
  directInternetAccess: /^Enabled$/i,
  mapPublicIpOnLaunch: /^true$/i,
  publiclyAccessible: /^true$/i,
  networkAccessType: /^PUBLIC$/i,
};

/** Resources that are on the internet unless a property says otherwise. */
const unlessSet: Readonly<Record<string, string>> = {
  "aws:sagemaker/domain:Domain": "appNetworkAccessType",
  "aws:sagemaker/notebookInstance:NotebookInstance": "directInternetAccess",
};

/** MSK uses a property of its own for the addresses of its brokers. */
const brokers = /connectivityInfo\.publicAccess\.type$/;

export const noPublicAddress: ResourcePolicy = {
  id: "aws-no-public-address",
  scope: "resource",
  what: "No instance, task, broker and database gets a public address, and no subnet gives one out.",
  why: "An address of the internet's is one wrong rule of a security group away from being reached.",
  severity: "high",
  standards: ["PCI-DSS 4: 1.4.4", "K6"],
  remediation:
    "Set mapPublicIpOnLaunch, associatePublicIpAddress, assignPublicIp or publiclyAccessible to false, and reach it by a load balancer.",
  appliesTo: (type) => type.startsWith("aws:"),
  *validate({ type, properties }) {
    for (const { path, key, value } of everywhereAndInJson(properties, /public/i)) {
      if (typeof value !== "string" && typeof value !== "boolean") continue;
      const isAddress = Object.hasOwn(addresses, key) && addresses[key]?.test(String(value));
      const isBroker = brokers.test(path) && value !== "DISABLED";
      if (!isAddress && !isBroker) continue;
      yield `${path} is ${String(value)}: set ${value === true || value === "true" ? "false" : "what is private"}.`;
    }
    const setting = Object.hasOwn(unlessSet, type) ? unlessSet[type] : undefined;
    if (setting !== undefined && properties !== unknown && at(properties, setting) === undefined) {
      yield `${setting} is not set, which puts it on the internet: set what is private.`;
    }
    if (type === "aws:ec2/eip:Eip" && at(properties, "instance") !== undefined) {
      yield "instance is set, which gives an instance the address: reach it by a load balancer.";
    }
    if (/^aws:(opensearch|elasticsearch)\/domain:/.test(type) && at(properties, "vpcOptions") === undefined) {
      yield "vpcOptions is not set, which puts the domain on the internet: name its subnets and security groups.";
    }
  },
};
