import { chartSource } from "../../infra/kit/mirror";
import { catalogue } from "../catalogue";
import { exemptionConfigured } from "../exemptions/configured";
import type { Sample } from "../testing/cases";
import { findings, wired } from "../testing/harness";
import { reviewedPlan, stackConfiguration } from "../testing/reviewed-plan";
import { at } from "../value";
import { isRelease } from "./releases";

const judges = catalogue.filter(({ id }) => id !== exemptionConfigured.id);
const configured = stackConfiguration("prod");
const releases = reviewedPlan("prod").filter(({ type }) => isRelease(type));

/** A release as the program makes it of a stack with a mirror. */
function mirrored({ properties, ...sample }: Sample, charts: string): Sample {
  const [chart, version, repository = chart] = [
    at(properties, "chart"),
    at(properties, "version"),
    at(properties, "repositoryOpts", "repo"),
  ].map((value) => (typeof value === "string" ? value : undefined));
  if (chart === undefined || version === undefined || repository === undefined) {
    throw new Error(`${sample.name} names no chart, version or repository`);
  }
  const name = chart.split("/").at(-1) ?? chart;
  const { repositoryOpts: _, ...others } = Object(properties);
  return { ...sample, properties: { ...others, ...chartSource({ name, version, repository }, { charts }) } };
}

test.each(["./charts", "/srv/charts", "charts", "oci://registry.atlas-financial.com/charts"])(
  "prod's releases hold to the policies with its charts from %s",
  (charts) => {
    const repositories = charts.startsWith("oci://")
      ? [charts]
      : at(Object(configured["helm-repository"]), "repositories");
    const found = findings(judges, wired(releases.map((release) => mirrored(release, charts))), {
      ...configured,
      "helm-repository": { ...Object(configured["helm-repository"]), repositories },
    });
    expect(releases.length).toBeGreaterThan(20);
    expect(found.filter(({ policy }) => policy.startsWith("helm-"))).toEqual([]);
  },
);
