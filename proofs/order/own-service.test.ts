import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { startsWaitForOthers } from "./own-service";

const service = (app: string, spec: object = {}): Piece =>
  object(app, "v1", "Service", {
    metadata: { name: app, namespace },
    spec: { selector: { app }, ports: [{ port: 80 }], ...spec },
  });
const waiting = (text: string, fields: object = {}): Piece =>
  deployment({
    pod: { initContainers: [{ name: "wait", image: "wait:1", command: ["sh", "-c", text], ...fields }] },
  });
const faults = (...pieces: readonly Piece[]) => faultsOf(startsWaitForOthers, evidenceOf(...pieces));
const both = [service("cart"), service("till"), deployment({ name: "till" })];

test.each<readonly [string, Piece, number]>([
  ["by its whole name", waiting("until nc -z cart.shop.svc 80; do sleep 1; done"), 1],
  ["by the name of its namespace", waiting("curl http://cart.shop:80/"), 1],
  ["by its short name", waiting("until nc -z cart 80; do sleep 1; done"), 1],
  [
    "by an address in its environment",
    waiting("wait", { env: [{ name: "URL", value: "http://cart:80" }] }),
    1,
  ],
  ["beside the pod", waiting("nc -z cart.shop.svc 80", { restartPolicy: "Always" }), 0],
  ["of another", waiting("until nc -z till.shop.svc 80; do sleep 1; done"), 0],
  ["whose name begins alike", waiting("nc -z cart-store.shop.svc 80"), 0],
  ["in words", waiting("echo cart is ready"), 0],
])("a container before the pod that calls the pod's own Service %s", (_, piece, count) => {
  expect(faults(piece, ...both)).toHaveLength(count);
});

test("a Service that leads to pods before they are ready, or to other pods too, answers", () => {
  const call = waiting("until nc -z cart.shop.svc 80; do sleep 1; done");
  expect(faults(call, service("cart", { publishNotReadyAddresses: true }))).toEqual([]);
  const canary = object("canary", "apps/v1", "Deployment", {
    metadata: { name: "canary", namespace },
    spec: {
      selector: { matchLabels: { app: "cart" } },
      template: {
        metadata: { labels: { app: "cart" } },
        spec: { containers: [{ name: "c", image: "c:1" }] },
      },
    },
  });
  expect(faults(call, service("cart"), canary)).toEqual([]);
});
