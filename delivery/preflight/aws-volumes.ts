import { z } from "zod";
import type { Finding, Row } from "../row";
import { answerOf, messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

const volumes = z.looseObject({ Volumes: z.array(z.looseObject({ VolumeId: z.string() })) });

/**
 * The driver deletes a volume after its claim. If the cluster is gone by then, the volume stays, has no owner, and is still billed.
 * A stack that protects its data keeps its volumes on purpose, and a new cluster may be given them.
 */
export const awsVolumesRow: Row<PreflightContext> = {
  id: "aws-cluster-volumes",
  title: "No volumes are left of a cluster that is gone",
  seed: "001 Deployment Scripts, prerequisite validation; C9",
  appliesTo: (around) => isOn("aws")(around) && around.config?.protectData === false,
  check: (around) =>
    findingsOf(clustersOn(around, "aws"), async ({ config: { region, cluster } }) =>
      leftOver(region, cluster.name, around),
    ),
};

async function leftOver(
  region: string,
  cluster: string,
  { output }: PreflightContext,
): Promise<readonly Finding[]> {
  const place = ["--region", region, "--output", "json"];
  const tag = `Name=tag:ai-platform/cluster,Values=${cluster}`;
  const words = ["ec2", "describe-volumes", "--filters", tag, "Name=status,Values=available"];
  const { Volumes } = await answerOf(volumes, output, "aws", ...words, ...place);
  if (Volumes.length === 0) return [];
  const found = await output("aws", "eks", "describe-cluster", "--name", cluster, ...place).then(
    () => "",
    messageOf,
  );
  if (!/ResourceNotFoundException/.test(found)) return [];
  return Volumes.map(({ VolumeId }) => ({
    about: `the volume ${VolumeId}`,
    expected: `none, as there is no cluster ${cluster}`,
    found: "its cluster went before the driver had deleted it",
    look: `aws ec2 delete-volume --volume-id ${VolumeId} --region ${region}`,
  }));
}
