import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { noPublicAddress } from "./no-public-address";

const resource = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });
const subnet = (properties: Values): Sample => resource("ec2/subnet:Subnet", properties);

export const noPublicAddressCases: Cases = {
  policy: noPublicAddress,
  catches: [
    {
      name: "a subnet that gives addresses out",
      resources: [subnet({ mapPublicIpOnLaunch: true })],
      violations: ["sample: mapPublicIpOnLaunch is true: set false."],
    },
    {
      name: "a database, and nodes",
      resources: [
        resource("rds/instance:Instance", { publiclyAccessible: true }),
        resource("ec2/launchTemplate:LaunchTemplate", {
          networkInterfaces: [{ associatePublicIpAddress: "true" }],
        }),
      ],
      violations: [
        "sample: publiclyAccessible is true: set false.",
        "sample: networkInterfaces[0].associatePublicIpAddress is true: set false.",
      ],
    },

    {
      name: "a broker, a task, an old template and a search domain",
      resources: [
        resource("mq/broker:Broker", { publiclyAccessible: true }),
        resource("ecs/service:Service", { networkConfiguration: { assignPublicIp: true } }),
        resource("ec2/launchConfiguration:LaunchConfiguration", { associatePublicIpAddress: true }),
        resource("opensearch/domain:Domain", { domainName: "search" }),
        resource("ec2/eip:Eip", { instance: "i-1" }),
      ],
      violations: [
        "sample: publiclyAccessible is true: set false.",
        "sample: networkConfiguration.assignPublicIp is true: set false.",
        "sample: associatePublicIpAddress is true: set false.",
        "sample: vpcOptions is not set, which puts the domain on the internet: name its subnets and security groups.",
        "sample: instance is set, which gives an instance the address: reach it by a load balancer.",
      ],
    },
    {
      name: "notebooks on the internet, said or left out",
      resources: [
        resource("sagemaker/domain:Domain", { appNetworkAccessType: "PublicInternetOnly" }),
        resource("sagemaker/notebookInstance:NotebookInstance", { instanceType: "ml.t3.medium" }),
      ],
      violations: [
        "sample: appNetworkAccessType is PublicInternetOnly: set what is private.",
        "sample: directInternetAccess is not set, which puts it on the internet: set what is private.",
      ],
    },
    {
      name: "a collection that the internet reaches, by its policy in JSON",
      resources: [
        resource("opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy", {
          type: "network",
          policy: JSON.stringify([{ Rules: [{ ResourceType: "collection" }], AllowFromPublic: true }]),
        }),
      ],
      violations: ["sample: policy[0].AllowFromPublic is true: set false."],
    },
  ],
  passes: [
    {
      name: "private",
      resources: [
        subnet({ mapPublicIpOnLaunch: false }),
        resource("rds/instance:Instance", {}),
        resource("ec2/launchTemplate:LaunchTemplate", { networkInterfaces: [{ deviceIndex: 0 }] }),
      ],
    },

    {
      name: "a search domain in a network, and an address for a gateway",
      resources: [
        resource("opensearch/domain:Domain", { vpcOptions: { subnetIds: ["subnet-1"] } }),
        resource("ec2/eip:Eip", { domain: "vpc" }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its range is not known",
        resources: [subnet({ cidrBlock: unknown, mapPublicIpOnLaunch: true })],
        violations: ["sample: mapPublicIpOnLaunch is true: set false."],
      },
    ],
    passes: [{ name: "not known", resources: [subnet({ mapPublicIpOnLaunch: unknown })] }],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:mq/broker:Broker", { publiclyAccessible: true }),
    faults.set(/:Subnet$/, "mapPublicIpOnLaunch", true),
  ],
};
