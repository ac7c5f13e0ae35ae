import type { Need } from "../context";
import { callsToService } from "../context";

const source =
  "Kubernetes: Dynamic Admission Control, Configure the aggregation layer, Services' proxy; EKS user guide: networking requirements";

/** Services that tools on people's machines call through the API server's proxy. */
const proxied = [{ name: "sealed-secrets", port: 8080, why: "hands kubeseal's questions on" }] as const;

/** The API server reaches its webhooks and aggregated APIs at the pods' own addresses. */
export const callsOfApiServer: Need = (context) => {
  const { model, grounds } = context;
  const hooks = model
    .of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")
    .flatMap(({ cluster, kind, name, webhooks = [] }) =>
      webhooks.map(({ service, name: hook }) => ({
        cluster,
        service,
        why: `asks ${hook} of ${kind} ${name}`,
      })),
    );
  const apis = model
    .of("APIService")
    .flatMap(({ cluster, name, service }) =>
      service ? [{ cluster, service, why: `hands ${name} on` }] : [],
    );
  const asked = proxied.flatMap(({ name, port, why }) =>
    model
      .of("Service")
      .filter((service) => service.name === name)
      .map(({ cluster, namespace = "" }) => ({ cluster, service: { name, namespace, port }, why })),
  );
  const calls = [...hooks, ...apis, ...asked].flatMap(
    ({ cluster, service: { namespace, name, port = 443 }, why }) => {
      const service = model.find({ cluster, kind: "Service", namespace, name });
      const sources = grounds.get(cluster)?.apiServer.sources;
      return service && sources ? callsToService(context, sources, service, port, { why, source }) : [];
    },
  );
  // Several hooks of one Service are one call.
  return [
    ...new Map(calls.map((call) => [JSON.stringify([call.cluster, call.to, call.port]), call])).values(),
  ];
};
