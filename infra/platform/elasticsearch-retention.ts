import { CronJob } from "@pulumi/kubernetes/batch/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { runsToItsEnd, tried } from "../kit/jobs";
import { childOptions, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { authorityKey } from "./elasticsearch-authority";
import { logIndices } from "./log-indices";
import { logRetention } from "./loki";

/** The user that sets how long indices are kept, the Secret with its password, and the job that does so. */
export const retentionKeeper = "elasticsearch-retention";

/** What that user may do: nothing that is in an index does it see. */
export function retentionRole(site: Site) {
  return {
    cluster: ["manage_ilm", "manage_index_templates"],
    indices: [{ names: patternsOf(site), privileges: ["manage"] }],
  };
}

/** Every day's index. */
function patternsOf(site: Site): readonly string[] {
  return logIndices(site).map(({ index }) => `${index}-*`);
}

/** Arguments of {@link createRetention}. */
export interface RetentionArgs {
  readonly site: Site;
  readonly namespace: string;
  readonly store: {
    readonly resource: pulumi.Resource;
    readonly host: string;
    readonly port: number;
    readonly pods: Pods;
  };
  /** The image, which has curl in it. */
  readonly image: string;
  /** Secret with the certificate of Elasticsearch's authority. */
  readonly certificate: string;
}

const policy = "days-of-logs";
const trustFolder = "/etc/elasticsearch-trust";

/**
 * A line's fields are its program's, so their number has no bound. Past the limit a new field is kept in the line and not
 * indexed; without this Elasticsearch refuses the whole line.
 */
const fieldLimits = {
  "index.mapping.total_fields.limit": 2000,
  "index.mapping.total_fields.ignore_dynamic_beyond_limit": true,
};

/** A field of another type than the day's first one is left out of the index, not the line. An index has this from its start or never. */
const onlyWhenMade = { "index.mapping.ignore_malformed": true };

/** The password goes through standard input: a command line can be read by others. */
const scriptFor = (indices: readonly string[]): string => `
set -eu
put() {
  printf 'user = "%s:%s"' "$KEEPER" "$PASSWORD" | curl --config - --silent --show-error --fail-with-body \\
    --cacert ${trustFolder}/${authorityKey} --request PUT --header 'Content-Type: application/json' --data "$2" "$URL/$1"
}
put _ilm/policy/${policy} "$POLICY"
put _index_template/${policy} "$TEMPLATE"
put '${indices.join(",")}/_settings?allow_no_indices=true' "$SETTINGS"
`;

/**
 * Deletes each day's index of logs after as long as Loki keeps them. The operator has no resource for that without a licence,
 * so a job tells Elasticsearch, every night, which changes nothing when nothing has changed. (P3)
 */
export function createRetention(
  name: string,
  { site, namespace, store, image, certificate }: RetentionArgs,
  parent: pulumi.Resource,
): void {
  const labels = { app: retentionKeeper };
  const indices = patternsOf(site);
  const settings = { "index.lifecycle.name": policy, ...fieldLimits };
  const environment: Readonly<Record<string, string>> = {
    URL: `https://${store.host}:${store.port}`,
    KEEPER: retentionKeeper,
    POLICY: JSON.stringify({
      policy: {
        phases: {
          hot: { actions: {} },
          delete: { min_age: logRetention[site.environment], actions: { delete: {} } },
        },
      },
    }),
    TEMPLATE: JSON.stringify({
      index_patterns: indices,
      priority: 200,
      template: { settings: { ...settings, ...onlyWhenMade }, mappings: { date_detection: false } },
    }),
    SETTINGS: JSON.stringify(settings),
  };
  const account = new ServiceAccount(
    `${name}-account`,
    { metadata: { name: retentionKeeper, namespace }, automountServiceAccountToken: false },
    childOptions(parent, site, namespace),
  );
  new CronJob(
    name,
    {
      metadata: { name: retentionKeeper, namespace },
      spec: {
        schedule: "30 0 * * *",
        concurrencyPolicy: "Forbid",
        jobTemplate: {
          spec: {
            ...tried(3),
            activeDeadlineSeconds: 600,
            template: {
              metadata: { labels, annotations: runsToItsEnd },
              spec: {
                serviceAccountName: retentionKeeper,
                restartPolicy: "Never",
                priorityClassName: "batch",
                automountServiceAccountToken: false,
                securityContext: { ...restrictedPod, runAsUser: 1000 },
                containers: [
                  {
                    name: retentionKeeper,
                    image,
                    command: ["bash", "-c", scriptFor(indices)],
                    env: [
                      ...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
                      {
                        name: "PASSWORD",
                        valueFrom: { secretKeyRef: { name: retentionKeeper, key: "password" } },
                      },
                    ],
                    resources: resources({ cpu: "10m", memory: "64Mi" }),
                    securityContext: restrictedContainer,
                    volumeMounts: [{ name: "trust", mountPath: trustFolder, readOnly: true }],
                  },
                ],
                volumes: [
                  {
                    name: "trust",
                    secret: { secretName: certificate, items: [{ key: authorityKey, path: authorityKey }] },
                  },
                ],
              },
            },
          },
        },
      },
    },
    childOptions(parent, site, namespace, store.resource, account),
  );
  site.network.allow(pods(namespace, retentionKeeper, labels), store.pods, store.port);
}
