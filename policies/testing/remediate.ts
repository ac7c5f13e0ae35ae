import { unknownCheckingProxy } from "@pulumi/policy";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { sdkPolicies } from "../pack";
import type { Policy } from "../policy";
import type { Sample } from "./cases";
import { contextOf, wire } from "./harness";

const sdk: {
  deserializeProperties(message: Struct, keepSecrets: boolean): object;
  serializeProperties(properties: object): Promise<object>;
} = require("@pulumi/policy/deserialize");

/**
 * What the SDK sends back to the engine when the enforcement level is `remediate`.
 *
 * @param properties of the sample, as the engine sends them
 * @returns undefined when the policies leave the resource as it is
 */
export async function remediate(
  policies: readonly Policy[],
  sample: Sample,
  properties: object,
  configuration: object = {},
): Promise<object | undefined> {
  const args = { ...wire(sample, []), ...contextOf(configuration), asType: () => undefined };
  let props: object = unknownCheckingProxy(
    sdk.deserializeProperties(Struct.fromJavaScript({ ...properties }), true),
  );
  let isChanged = false;
  for (const policy of sdkPolicies(policies)) {
    if (!("remediateResource" in policy)) continue;
    const result = await policy.remediateResource?.({ ...args, props });
    if (!result) continue;
    // The SDK hands the next policy what the last one returned, as it is.
    props = result;
    isChanged = true;
  }
  return isChanged ? sdk.serializeProperties(props) : undefined;
}
