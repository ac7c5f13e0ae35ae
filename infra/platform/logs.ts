import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping } from "../kit/monitors";
import { has, namespacesOf, type Site } from "../kit/site";
import { rolledWith } from "../kit/values";
import { apiServer } from "../network/edge";
import { charts } from "./charts";
import { hasElasticsearch } from "./elasticsearch";
import { authorityCertificate } from "./elasticsearch-authority";
import { elasticsearch, elasticsearchPort, logWriter, logWriterNamespace } from "./elasticsearch-spec";
import {
  fluentBit,
  fluentBitNamespace,
  fluentBitPort,
  fluentBitValues,
  trustedAuthority,
} from "./fluent-bit";
import { countedPort, hasLogContract } from "./log-contract";
import { loki, lokiPeerPorts, lokiPort, lokiValues } from "./loki";
import { grafana } from "./metrics";
import { allowBucket, telemetryBucket } from "./telemetry-bucket";

/** Arguments of {@link Logs}. */
export interface LogsArgs {
  readonly site: Site;
  /** By which Fluent Bit knows Elasticsearch; undefined where there is none. */
  readonly authority?: pulumi.Resource | undefined;
}

/** Loki, and Fluent Bit on every node, which carries every container's log there. (P3, 000, 002, 004) */
export class Logs extends pulumi.ComponentResource {
  /** For resources that depend on Loki. */
  readonly ready: pulumi.Resource;

  constructor(name: string, { site, authority }: LogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Logs", name, {}, options);
    const namespace = namespacesOf(site).logging;
    const bucket = telemetryBucket(site, namespace);
    this.ready = helmRelease(
      `${name}-loki`,
      { site, chart: charts.loki, namespace, values: lokiValues(site, bucket) },
      this,
      bucket?.secret?.resource,
      site.monitorDefinitions,
    );
    const password = hasElasticsearch(site) ? site.secrets.provide(logWriterNamespace, logWriter) : undefined;
    const trust =
      authority &&
      authorityCertificate(
        `${name}-trust`,
        { site, namespace: fluentBitNamespace, certificate: trustedAuthority, usage: "client auth" },
        this,
        authority,
      );
    helmRelease(
      `${name}-fluent-bit`,
      {
        site,
        chart: charts.fluentBit,
        namespace: fluentBitNamespace,
        values: { ...fluentBitValues(site), ...(password && rolledWith(password)) },
      },
      this,
      password?.resource,
      trust,
      site.monitorDefinitions,
    );

    const { network } = site;
    const store = loki(site);
    allowBucket(site, store, bucket);
    network.allow(store, store, ...lokiPeerPorts);
    network.allow(fluentBit, apiServer);
    network.allow(fluentBit, store, lokiPort);
    if (has(site, "metrics")) network.allow(grafana(site), store, lokiPort);
    if (hasElasticsearch(site)) {
      network.allow(fluentBit, elasticsearch(site), elasticsearchPort);
    }
    allowScraping(site, store, lokiPort);
    allowScraping(site, fluentBit, fluentBitPort);
    if (hasLogContract(site)) allowScraping(site, fluentBit, countedPort);
    this.registerOutputs();
  }
}
