import { CloudError } from "../../clouds/errors";
import { oneOf } from "../../clouds/rules";
import { holds, type Request, type Tables } from "../../clouds/table";
import { text, texts } from "../../clouds/values";
import { derived, prefixed, regionalArn } from "./names";
import { sameVpc } from "./same-vpc";
import { tokens } from "./tokens";

async function admitEndpoint({ inputs, region }: Request): Promise<void> {
  const kind = text(inputs, "vpcEndpointType") ?? "Gateway";
  const service = text(inputs, "serviceName") ?? "";
  if (service.startsWith("com.amazonaws.") && !service.startsWith(`com.amazonaws.${region}.`)) {
    throw new CloudError(
      "InvalidServiceName",
      `the VPC endpoint service ${service} does not exist in ${region}`,
    );
  }
  const gateway = /\.(s3|dynamodb)$/.test(service);
  if (kind === "Gateway" && !gateway) {
    throw new CloudError(
      "InvalidParameter",
      `${service} has no gateway endpoint; only s3 and dynamodb have one`,
    );
  }
  const misplaced = kind === "Gateway" ? ["subnetIds", "securityGroupIds"] : ["routeTableIds"];
  for (const property of misplaced) {
    if (texts(inputs, property).length === 0) continue;
    throw new CloudError("InvalidParameter", `${property} is not allowed for an endpoint of type ${kind}`);
  }
}

export const endpoints: Tables = {
  [tokens.vpcEndpoint]: {
    label: "EC2 VPC endpoint",
    replaces: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion"],
    defaults: { vpcEndpointType: "Gateway" },
    newId: prefixed("vpce-0"),
    notFound: "InvalidVpcEndpointId.NotFound",
    rules: [oneOf("vpcEndpointType", ["Gateway", "Interface", "GatewayLoadBalancer"])],
    links: {
      vpcId: holds(tokens.vpc),
      routeTableIds: holds(tokens.routeTable),
      subnetIds: holds(tokens.subnet),
      securityGroupIds: holds(tokens.securityGroup),
    },
    admit: async (request) => {
      await admitEndpoint(request);
      await sameVpc(
        request,
        {
          subnetIds: tokens.subnet,
          securityGroupIds: tokens.securityGroup,
          routeTableIds: tokens.routeTable,
        },
        text(request.inputs, "vpcId"),
      );
    },
    compute: (request) => ({
      ...regionalArn("ec2", ({ id }) => `vpc-endpoint/${id}`)(request),
      state: "available",
      prefixListId: request.inputs.vpcEndpointType === "Gateway" ? `pl-0${derived(request.region)}` : "",
      dnsEntries:
        request.inputs.vpcEndpointType === "Interface"
          ? [
              {
                dnsName: `${request.id}.${text(request.inputs, "serviceName")}.vpce.amazonaws.com`,
                hostedZoneId: "",
              },
            ]
          : [],
      ipAddressType: "ipv4",
      serviceRegion: request.region,
    }),
  },
};
