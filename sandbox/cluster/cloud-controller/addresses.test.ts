import { planIngresses } from "./ingresses";
import {
  awsHostname,
  documentationAddress,
  loadBalancerFinalizer,
  planLoadBalancers,
} from "./load-balancers";
import type { Ingress, IngressClass, Service } from "./objects";

function service(
  spec: Service["spec"],
  changes: Partial<Service["metadata"]> = {},
  address?: string,
): Service {
  return {
    metadata: { name: "web", namespace: "shop", uid: "u", ...changes },
    spec,
    status: { loadBalancer: address === undefined ? {} : { ingress: [{ ip: address }] } },
  };
}

describe("load balancers", () => {
  const wanted = { type: "LoadBalancer" };
  const kept = { finalizers: [loadBalancerFinalizer] };
  const going = { ...kept, deletionTimestamp: "now" };

  test.each([
    ["one that is asked for is made", service(wanted), ["ensure"]],
    ["one that is there is left alone", service(wanted, kept, "192.0.2.1"), []],
    ["one with an address but no finalizer gets it", service(wanted, {}, "192.0.2.1"), ["ensure"]],
    ["a deleted one is cleaned up", service(wanted, going, "192.0.2.1"), ["clean-up"]],
    ["one that is no longer asked for is cleaned up", service({ type: "ClusterIP" }, kept), ["clean-up"]],
    ["a plain Service gets none", service({ type: "ClusterIP" }), []],
    ["another controller's class gets none", service({ ...wanted, loadBalancerClass: "example.com/lb" }), []],
    [
      "the cloud's own class gets one",
      service({ ...wanted, loadBalancerClass: "service.k8s.aws/nlb" }),
      ["ensure"],
    ],
  ])("%s", (_, one, kinds) => {
    expect(planLoadBalancers([one], "aws").map(({ kind }) => kind)).toEqual(kinds);
  });

  test("the same names give the same host name, others another one", () => {
    const name = awsHostname("aws-prod", service(wanted), "us-east-1");
    expect(name).toMatch(/^k8s-shop-web-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$/);
    expect(awsHostname("aws-prod", service(wanted), "us-east-1")).toBe(name);
    expect(awsHostname("aws-staging", service(wanted), "us-east-1")).not.toBe(name);
  });

  test("no address is given twice, and a full range is said to be full", () => {
    const taken = new Set<string>();
    for (let count = 0; count < 254; count += 1) {
      taken.add(documentationAddress("linode", "a/b/c", taken));
    }
    expect(taken.size).toBe(254);
    expect([...taken].every((address) => /^203\.0\.113\.\d+$/.test(address))).toBe(true);
    expect(() => documentationAddress("linode", "a/b/c", taken)).toThrow(
      "All 254 addresses of 203.0.113.0/24",
    );
  });
});

describe("ingresses", () => {
  const instance = { "app.kubernetes.io/instance": "nginx" };
  const nginx: IngressClass = { metadata: { name: "nginx", labels: instance } };
  const ingress: Ingress = {
    metadata: { name: "i", namespace: "shop" },
    spec: { ingressClassName: "nginx" },
  };
  const controller = (address?: string) => service({ type: "LoadBalancer" }, { labels: instance }, address);

  test("show the address of their controller's load balancer, once it has one", () => {
    expect(planIngresses([ingress], [nginx], [controller()], "linode")).toEqual([]);
    expect(planIngresses([ingress], [nginx], [controller("203.0.113.7")], "linode")).toEqual([
      { ingress, status: { ingress: [{ ip: "203.0.113.7" }] } },
    ]);
  });

  test("are not written again when nothing changed", () => {
    const shown: Ingress = { ...ingress, status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } };
    expect(planIngresses([shown], [nginx], [controller("203.0.113.7")], "linode")).toEqual([]);
  });

  test("of a class that does not exist are served by nobody", () => {
    expect(planIngresses([ingress], [], [controller("203.0.113.7")], "linode")).toEqual([]);
  });

  test("without a class belong to the default one", () => {
    const bare: Ingress = { metadata: { name: "i", namespace: "shop" }, spec: {} };
    const standard: IngressClass = {
      metadata: { name: "standard", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
    };
    expect(planIngresses([bare], [nginx], [], "local")).toEqual([]);
    expect(planIngresses([bare], [standard], [], "local")).toHaveLength(1);
  });
});
