import { z } from "zod";
import { eksAddons } from "../../facts/aws-eks";
import { zoneIdsWithoutEks } from "../../facts/aws-regions";
import type { Finding, Row } from "../row";
import { answerOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

const seed = "001 Deployment Scripts, prerequisite validation; C3, D4";

const addons = z.looseObject({
  addons: z.array(z.looseObject({ addonVersions: z.array(z.looseObject({ addonVersion: z.string() })) })),
});
const clusterVersions = z.looseObject({
  clusterVersions: z.array(
    z.looseObject({ clusterVersion: z.string(), versionStatus: z.string().optional() }),
  ),
});
const zones = z.looseObject({
  AvailabilityZones: z.array(
    z.looseObject({ ZoneName: z.string(), ZoneId: z.string(), State: z.string().default("available") }),
  ),
});
const offerings = z.looseObject({
  InstanceTypeOfferings: z.array(z.looseObject({ InstanceType: z.string(), Location: z.string() })),
});

const onAws = isOn("aws");

/** What AWS offers in the stack's region today. */
export const awsRegionRows: readonly Row<PreflightContext>[] = [
  {
    id: "eks-version",
    title: "EKS offers the Kubernetes version, in standard support",
    seed,
    appliesTo: onAws,
    check: (around) =>
      findingsOf(clustersOn(around, "aws"), async ({ name, config }) => {
        const {
          region,
          cluster: { version },
        } = config;
        const words = ["eks", "describe-cluster-versions", "--region", region, "--output", "json"];
        const offered = (await answerOf(clusterVersions, around.output, "aws", ...words)).clusterVersions;
        const standard = offered
          .filter(({ versionStatus }) => versionStatus === undefined || versionStatus === "STANDARD_SUPPORT")
          .map(({ clusterVersion }) => clusterVersion);
        if (standard.includes(version)) return [];
        return [
          {
            about: `ai-platform:clusters.${name}.cluster.version`,
            expected: `one of ${standard.join(", ")}`,
            found: version,
            look: `aws ${words.join(" ")}`,
          },
        ];
      }),
  },
  {
    id: "eks-addons",
    title: "EKS offers every add-on in the version that the program asks for",
    seed,
    appliesTo: onAws,
    check: (around) =>
      findingsOf(clustersOn(around, "aws"), async ({ config: { region, cluster } }) => {
        const findings: Finding[] = [];
        for (const [name, wanted] of Object.entries(eksAddons[cluster.version])) {
          const words = [
            "eks",
            "describe-addon-versions",
            "--kubernetes-version",
            cluster.version,
            "--addon-name",
            name,
          ];
          const command = [...words, "--region", region, "--output", "json"];
          const answer = await answerOf(addons, around.output, "aws", ...command);
          const offered = answer.addons.flatMap(({ addonVersions }) =>
            addonVersions.map((one) => one.addonVersion),
          );
          if (offered.includes(wanted)) continue;
          findings.push({
            about: `${name} for Kubernetes ${cluster.version} (facts/aws-eks.ts)`,
            expected: wanted,
            found: offered.slice(0, 3).join(", ") || "no version",
            look: `aws ${words.join(" ")}`,
          });
        }
        return findings;
      }),
  },
  {
    id: "aws-zones",
    title: "The zones are open to the account, and EKS serves them",
    seed,
    appliesTo: onAws,
    check: (around) =>
      findingsOf(clustersOn(around, "aws"), async ({ name: cluster, config: { region, network } }) => {
        const words = ["ec2", "describe-availability-zones", "--region", region, "--output", "json"];
        const known = (await answerOf(zones, around.output, "aws", ...words)).AvailabilityZones;
        const good = known.filter(
          ({ ZoneId, State }) => State === "available" && !zoneIdsWithoutEks.includes(ZoneId),
        );
        const names = good.map(({ ZoneName, ZoneId }) => `${ZoneName} (${ZoneId})`).join(", ");
        return network.zones.flatMap((zone, index) => {
          if (good.some(({ ZoneName, ZoneId }) => ZoneName === zone || ZoneId === zone)) return [];
          const there = known.find(({ ZoneName, ZoneId }) => ZoneName === zone || ZoneId === zone);
          return [
            {
              about: `ai-platform:clusters.${cluster}.network.zones[${index}]`,
              expected: `one of ${names}`,
              found:
                there === undefined
                  ? `${zone}, which this account does not have`
                  : `${zone}, which is ${there.ZoneId} here (${there.State})`,
              look: `aws ${words.join(" ")}`,
            },
          ];
        });
      }),
  },
  {
    id: "aws-instance-types",
    title: "Every pool's instance types are offered in each of its zones",
    seed,
    appliesTo: onAws,
    check: (around) =>
      findingsOf(clustersOn(around, "aws"), async ({ name, config: { region, network, nodePools } }) => {
        const types = [...new Set(Object.values(nodePools).flatMap(({ instanceTypes }) => instanceTypes))];
        const words = ["ec2", "describe-instance-type-offerings", "--location-type", "availability-zone"];
        const filter = ["--filters", `Name=instance-type,Values=${types.join(",")}`];
        const where = [...words, ...filter, "--region", region, "--output", "json"];
        const offered = (await answerOf(offerings, around.output, "aws", ...where)).InstanceTypeOfferings;
        const listed = await answerOf(
          zones,
          around.output,
          "aws",
          ...["ec2", "describe-availability-zones", "--region", region, "--output", "json"],
        );
        const nameOf = (zone: string): string =>
          listed.AvailabilityZones.find(({ ZoneId }) => ZoneId === zone)?.ZoneName ?? zone;
        return Object.entries(nodePools).flatMap(([pool, settings]) =>
          (settings.zones ?? network.zones).flatMap((zone) => {
            const there = offered.filter(({ Location }) => Location === nameOf(zone));
            if (
              settings.instanceTypes.some((type) => there.some(({ InstanceType }) => InstanceType === type))
            ) {
              return [];
            }
            return [
              {
                about: `ai-platform:clusters.${name}.nodePools.${pool}.instanceTypes`,
                expected: `a type that ${zone} offers`,
                found: settings.instanceTypes.join(", "),
                look: `aws ${where.join(" ")}`,
              },
            ];
          }),
        );
      }),
  },
];
