import { z } from "zod";
import { reviewedPlan } from "../../test/golden/plan";

const planned = z.object({
  type: z.string(),
  name: z.string(),
  inputs: z.unknown(),
  options: z.looseObject({ provider: z.string().optional() }),
});

/** A planned resource with the inputs that a diagram needs of it. */
export interface Planned<Inputs> {
  readonly name: string;
  readonly inputs: Inputs;
  /** The name of the provider that makes it; undefined for providers and components. */
  readonly provider: string | undefined;
}

/** The resources of a stack's reviewed plan. */
export class StackPlan {
  readonly #resources: readonly z.infer<typeof planned>[];

  constructor(readonly stack: string) {
    this.#resources = [...reviewedPlan(stack)]
      .filter(([file]) => file !== "stack-outputs.json")
      .sort(([one], [other]) => one.localeCompare(other, "en"))
      .map(([, text]) => planned.parse(JSON.parse(text)));
  }

  /** All resources of a type, by their files' names. */
  all<Inputs>(type: string, inputs: z.ZodType<Inputs>): readonly Planned<Inputs>[] {
    return this.#resources
      .filter((resource) => resource.type === type)
      .map((resource) => ({
        name: resource.name,
        inputs: inputs.parse(resource.inputs),
        provider: resource.options.provider?.split("::").at(-1),
      }));
  }

  /** The name of the resource that an ARN of the plan stands for. */
  static nameOf(arn: string): string {
    return arn.replace(/^.*:/, "");
  }
}
