import { only, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { linodeCloud } from "../linode/cloud";
import { GuestAlerts } from "./guest-alerts";

const systems = placed({
  aiaas: { cluster: "linode", host: "api.test", images: { registry: "registry.test/aiaas", tag: "v1" } },
});

async function alerts(namespaces: readonly string[], changes: SiteChanges = {}) {
  const { objects } = await record(
    (site) => {
      for (const namespace of namespaces) {
        site.watched.push({ namespace, store: "redis", job: `${namespace}/redis`, members: 3 });
      }
      return new GuestAlerts("guest", { site });
    },
    {
      name: "linode",
      cloud: linodeCloud,
      owned: false,
      environment: "staging",
      systems,
      ...changes,
    },
  );
  return objects.filter(({ kind }) => kind === "PrometheusRule");
}

test("a guest's stores are missed when they are gone: its own stack says which there must be (D3, O2)", async () => {
  const found = await alerts(["staging"]);
  expect(only(found, "PrometheusRule", "metadata")).toMatchObject({ namespace: "staging" });
  expect(only(found, "PrometheusRule", "spec.groups.0.rules")).toMatchObject([
    {
      alert: "StoreGone",
      expr: expect.stringContaining('absent(up{namespace="staging",job="staging/redis"})'),
      labels: { environment: "staging", system: "aiaas" },
    },
    { alert: "StoreMembersMissing" },
  ]);
});

test("a guest without stores has no alerts", async () => {
  expect(await alerts([])).toEqual([]);
});
