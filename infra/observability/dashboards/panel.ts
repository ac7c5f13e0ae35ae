import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as PieChartPanelBuilder } from "@grafana/grafana-foundation-sdk/piechart";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatPanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** From where on a value is bad. */
export type Limit = { readonly above: number } | { readonly below: number };

/** One panel. */
export interface PanelArgs {
  readonly title: string;
  /**
   * `number`: what it is now; `shares`: what each has of the whole now; `graph`: how it came to be.
   * @default "graph"
   */
  readonly kind?: "graph" | "number" | "shares";
  /** One of the SDK's `units`. */
  readonly unit: string;
  /** PromQL by legend; a legend can have labels, such as `{{pod}}`. */
  readonly queries: Readonly<Record<string, string>>;
  /** Where it becomes red; the alert's own threshold, where there is one. */
  readonly limit?: Limit;
  /** The page of a runbook that helps when it does. */
  readonly runbook?: string;
}

type PanelBuilder = PieChartPanelBuilder | StatPanelBuilder | TimeseriesPanelBuilder;

/** The chart's own data source: the Prometheus beside Grafana. */
const source = { type: "prometheus", uid: "prometheus" };

const refIds = "ABCDEFGH";
const height = 7;

/** A panel as Grafana takes it; its dashboard numbers it and gives it room. */
export function panel(args: PanelArgs): PanelBuilder {
  const { kind = "graph" } = args;
  const builder = builderOf(kind);
  builder
    .title(args.title)
    .datasource(source)
    .unit(args.unit)
    .height(height)
    .targets(
      Object.entries(args.queries).map(([legend, expr], index) =>
        queryOf(kind).refId(refIds.charAt(index)).datasource(source).expr(expr).legendFormat(legend),
      ),
    );
  if (args.limit) {
    builder.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(args.limit)));
  }
  if (args.runbook) {
    builder.links([
      new DashboardLinkBuilder("Runbook").type(DashboardLinkType.Link).url(args.runbook).targetBlank(true),
    ]);
  }
  return builder;
}

/** Prometheus works out one moment for what is shown as one number, and not hundreds over as many days as it looks back. */
function queryOf(kind: NonNullable<PanelArgs["kind"]>): DataqueryBuilder {
  return kind === "graph" ? new DataqueryBuilder() : new DataqueryBuilder().instant();
}

function builderOf(kind: NonNullable<PanelArgs["kind"]>): PanelBuilder {
  switch (kind) {
    case "number":
      return new StatPanelBuilder();
    case "shares":
      return new PieChartPanelBuilder();
    case "graph":
      return (
        new TimeseriesPanelBuilder()
          .legend(new VizLegendOptionsBuilder().showLegend(true))
          // Limits are no part of a graph unless it is told how to draw them.
          .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Line))
      );
  }
}

/** The first step has no value: it covers everything below the second. */
function steps(limit: Limit): Threshold[] {
  return "above" in limit
    ? [
        { color: "green", value: null },
        { color: "red", value: limit.above },
      ]
    : [
        { color: "red", value: null },
        { color: "green", value: limit.below },
      ];
}
