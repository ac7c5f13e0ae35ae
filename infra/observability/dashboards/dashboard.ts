import {
  type CustomVariableBuilder,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Environment } from "../../config/environment";
import type { Owner } from "../scope";
import { type PanelArgs, panel } from "./panel";

/** Panels under a title. */
export interface Section {
  readonly title: string;
  readonly panels: readonly PanelArgs[];
}

/** What a dashboard shows. */
export interface Dashboard {
  /** The last part of its address. */
  readonly name: string;
  readonly title: string;
  /** Whom it is about: one of its tags. */
  readonly owner: Owner;
  /** Whose numbers it has: each is one of its tags. (002) */
  readonly environments: readonly Environment[];
  readonly variables?: readonly CustomVariableBuilder[];
  /** One without panels is left out. */
  readonly sections: readonly Section[];
}

/** Across the whole of it, in Grafana's columns. */
const columns = 24;

/** A dashboard in Grafana's form. It is not edited in Grafana, because the program would restore it. (O1) */
export function build({
  name,
  title,
  owner,
  environments,
  variables = [],
  sections,
}: Dashboard): DashboardBuilder {
  const builder = new DashboardBuilder(title)
    .uid(name)
    .tags([...environments, owner])
    .readonly()
    .timezone("utc")
    .refresh("1m")
    .time({ from: "now-6h", to: "now" })
    .variables([...variables])
    .link(
      new DashboardLinkBuilder("Others")
        .type(DashboardLinkType.Dashboards)
        .tags(environments.slice(0, 1))
        .asDropdown(true)
        .keepTime(true),
    );
  let id = 1;
  for (const { title: heading, panels } of sections) {
    if (panels.length === 0) continue;
    builder.withRow(new RowBuilder(heading).id(id++));
    const span = columns / Math.min(panels.length, 3);
    for (const each of panels) builder.withPanel(panel(each).id(id++).span(span));
  }
  return builder;
}
