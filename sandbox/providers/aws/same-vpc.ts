import { CloudError } from "../../clouds/errors";
import type { Request } from "../../clouds/table";
import { text, texts } from "../../clouds/values";
import { tokens } from "./tokens";

/** Security groups and subnets that are used together lie in one VPC. */
export async function sameVpc(
  request: Request,
  paths: Readonly<Record<string, string>>,
  vpcId?: string,
): Promise<void> {
  let first = vpcId;
  for (const [path, type] of Object.entries(paths)) {
    for (const id of texts(request.inputs, path)) {
      const found = text((await request.neighbours.find(type, id))?.inputs ?? {}, "vpcId");
      if (found === undefined) continue;
      first ??= found;
      if (found === first) continue;
      throw new CloudError(
        "InvalidParameterValue",
        `${path}: ${id} is in ${found}, the others are in ${first}`,
      );
    }
  }
}

/** The zones of subnets, sorted and without repetition. */
export async function zonesOf(request: Request, subnetIds: readonly string[]): Promise<readonly string[]> {
  const zones = new Set<string>();
  for (const id of subnetIds) {
    const subnet = await request.neighbours.find(tokens.subnet, id);
    const zone = subnet ? text({ ...subnet.inputs, ...subnet.computed }, "availabilityZone") : undefined;
    if (zone !== undefined) zones.add(zone);
  }
  return [...zones].sort();
}
