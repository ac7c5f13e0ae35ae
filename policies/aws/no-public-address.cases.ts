import type { Cases, Sample } from "../testing/cases";
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
};
