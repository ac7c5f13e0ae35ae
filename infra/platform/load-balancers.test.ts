import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { recordService } from "../../test/support/recorded/service";
import type { AwsSurroundings } from "../cluster/cluster";
import { LoadBalancers } from "./load-balancers";

const aws: AwsSurroundings = {
  clusterName: "atlas-prod",
  kubernetesVersion: "1.35",
  region: "us-east-1",
  vpcId: "vpc-1",
};

async function controller() {
  const recorded = await recordService((site) => {
    const certificates = new CustomResource("issuer", {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
    });
    new LoadBalancers("load-balancers", { site, aws, certificates });
  });
  return { ...recorded, values: recorded.release("aws-load-balancer-controller").values };
}

test("it is told where it is, because pods cannot ask the node", async () => {
  const { values } = await controller();
  expect(values).toMatchObject({ clusterName: "atlas-prod", region: "us-east-1", vpcId: "vpc-1" });
});

test("its certificate does not change from one render to the next", async () => {
  const { values } = await controller();
  expect(values.enableCertManager).toBe(true);
});

test("no Ingress and no Service has to wait for it", async () => {
  const { values } = await controller();
  expect(values).toMatchObject({
    enableServiceMutatorWebhook: false,
    webhookConfig: { disableIngressValidation: true },
    createIngressClassResource: false,
  });
});

test("the API server reaches its webhook, and it reaches AWS (C6)", async () => {
  const { edges } = await controller();
  expect(edges).toEqual([
    "platform-system/aws-load-balancer-controller -> api-server",
    "api-server -> platform-system/aws-load-balancer-controller: 9443",
    "platform-system/aws-load-balancer-controller -> ec2.us-east-1.amazonaws.com elasticloadbalancing.us-east-1.amazonaws.com: 443",
    "monitoring/prometheus -> platform-system/aws-load-balancer-controller: 8080",
  ]);
});
