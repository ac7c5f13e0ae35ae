import type { WatchedStore } from "../../kit/site";
import type { Rules } from "./rule";

/**
 * Data stores that are gone, whole or in part. An exporter goes with its pod, so that no metric of its own tells: only that it
 * is missing does. (O2)
 */
export function storeRules(stores: readonly WatchedStore[]): Rules {
  return () => {
    const up = ({ namespace, job }: WatchedStore) => `up{namespace="${namespace}",job="${job}"}`;
    const each = (expression: (store: WatchedStore) => string) => stores.map(expression).join(" or ");
    const [first] = stores;
    const several = stores.find(({ members }) => members > 1);
    const series = (store: WatchedStore, value: string) =>
      Object.fromEntries(
        Array.from({ length: store.members }, (_, member) => [
          `up{namespace="${store.namespace}",job="${store.job}",pod="${store.store}-${member}"}`,
          value,
        ]),
      );
    const allUp = Object.assign({}, ...stores.map((store) => series(store, "1x30")));
    return {
      name: "stores",
      alerts: [
        ...(first === undefined
          ? []
          : [
              {
                alert: "StoreGone",
                expr: each((store) => `absent(${up(store)}) or sum by (namespace, job) (${up(store)}) == 0`),
                for: "2m",
                severity: "critical" as const,
                summary: "Nothing of {{ $labels.job }} is left",
                description: "None of its members answers Prometheus, or there is none.",
                dashboard: "data-stores" as const,
                fires: {
                  series: {
                    ...allUp,
                    ...Object.fromEntries(Object.keys(series(first, "")).map((name) => [name, "1x5 stale"])),
                  },
                  at: "20m",
                },
                quiet: { series: allUp, at: "20m" },
              },
            ]),
        ...(several === undefined
          ? []
          : [
              {
                alert: "StoreMembersMissing",
                expr: each((store) => `count by (namespace, job) (${up(store)} == 1) < ${store.members}`),
                for: "15m",
                severity: "warning" as const,
                summary: "{{ $labels.job }} lacks members",
                description: "Only {{ $value }} of its members answer: one more, and it may lose its quorum.",
                dashboard: "data-stores" as const,
                fires: {
                  series: {
                    ...allUp,
                    [`up{namespace="${several.namespace}",job="${several.job}",pod="${several.store}-0"}`]:
                      "1x5 0x25",
                  },
                  at: "25m",
                },
                quiet: { series: allUp, at: "25m" },
              },
            ]),
      ],
    };
  };
}
