import { podSpecOf } from "../../../model/facts/of-workload";
import { listAt, textAt } from "../../../model/facts/read";
import type { Workload } from "../../../model/model";
import { podEnd } from "../call";
import { callsToService, type Need } from "../context";
import { serviceAt } from "./addresses";

/** Pods reach addresses in two variables: `PGHOST` and `PGPORT`, `REDIS_HOST` and `REDIS_PORT`. */
export const callsByHost: Need = (context) =>
  context.workloads.flatMap((workload) =>
    pairsOf(workload).flatMap(({ variable, address }) => {
      const service = serviceAt(context, workload, address);
      if (service === undefined) return [];
      const reason = { why: `is told ${address} by ${variable}`, source: "its own environment" };
      return callsToService(context, podEnd(workload), service, Number(address.split(":").at(-1)), reason);
    }),
  );

/**
 * Hosts with their ports. The model keeps whole addresses only, so this reads the environment from the
 * manifest.
 */
function pairsOf({ manifest }: Workload): readonly { readonly variable: string; readonly address: string }[] {
  return listAt(podSpecOf(manifest), "containers").flatMap((container) => {
    const variables = listAt(container, "env");
    const textOf = (name: string) =>
      variables.flatMap((one) => (textAt(one, "name") === name ? (textAt(one, "value") ?? []) : []))[0];
    return variables.flatMap((one) => {
      const variable = textAt(one, "name") ?? "";
      const [host, port] = [textAt(one, "value"), textOf(variable.replace(/HOST$/, "PORT"))];
      return variable.endsWith("HOST") && host !== undefined && port !== undefined
        ? [{ variable, address: `${host}:${port}` }]
        : [];
    });
  });
}
