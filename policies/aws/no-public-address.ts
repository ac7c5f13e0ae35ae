import type { ResourcePolicy } from "../policy";
import { at, items } from "../value";

/** What gets an address of the internet's, and the property by which it does. */
const addresses: Readonly<Record<string, string>> = {
  "aws:ec2/subnet:Subnet": "mapPublicIpOnLaunch",
  "aws:ec2/instance:Instance": "associatePublicIpAddress",
  "aws:rds/instance:Instance": "publiclyAccessible",
  "aws:rds/clusterInstance:ClusterInstance": "publiclyAccessible",
};

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

export const noPublicAddress: ResourcePolicy = {
  id: "aws-no-public-address",
  scope: "resource",
  what: "No instance and no database gets a public address, and no subnet gives one out.",
  why: "An address of the internet's is one wrong rule of a security group away from being reached.",
  severity: "high",
  standards: ["PCI-DSS 4: 1.4.4", "K6"],
  remediation:
    "Set mapPublicIpOnLaunch, associatePublicIpAddress or publiclyAccessible to false, and reach it by a load balancer.",
  appliesTo: (type) => Object.hasOwn(addresses, type) || type === launchTemplate,
  *validate({ type, properties }) {
    const property = Object.hasOwn(addresses, type) ? addresses[type] : undefined;
    if (property !== undefined && at(properties, property) === true) yield `${property} is true: set false.`;
    for (const [index, network] of items(at(properties, "networkInterfaces")).entries()) {
      if (String(at(network, "associatePublicIpAddress")) === "true") {
        yield `networkInterfaces[${index}].associatePublicIpAddress is true: set false.`;
      }
    }
  },
};
