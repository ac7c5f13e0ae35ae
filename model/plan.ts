import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../cli/failure";

const planned = z.object({
  type: z.string(),
  name: z.string(),
  inputs: z.unknown(),
  options: z.looseObject({
    parent: z.string().optional(),
    provider: z.string().optional(),
    dependsOn: z.array(z.string()).default([]),
    protect: z.boolean().default(false),
  }),
});

/** A resource in a plan's file. */
export type ResourceFile = z.input<typeof planned>;

/** A resource of a plan. */
export interface PlannedResource<Inputs> {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  /** Logical name of its provider; undefined for providers and components. */
  readonly provider: string | undefined;
  /** `atlas`, `aiaas`, ...: the system of its component; `platform` for everything else. */
  readonly system: string;
  /** `type::name`, by which resources refer to each other. */
  readonly urn: string;
  /** Its component; undefined when it has none. */
  readonly parent: string | undefined;
  /** What must exist first, as `type::name`: explicit, through an input, or as the provider. */
  readonly dependsOn: readonly string[];
  /** True where the engine refuses to delete it. */
  readonly isProtected: boolean;
}

/** What the types of systems, and of what systems are made of, begin with. */
const systemTypes = "ai-platform:apps:";

/** The resources of one stack, from a folder with a file for each. */
export class Plan {
  readonly #resources: readonly PlannedResource<unknown>[];
  readonly #byType = new Map<string, PlannedResource<unknown>[]>();

  private constructor(
    readonly stack: string,
    files: readonly z.infer<typeof planned>[],
  ) {
    const parents = new Map(files.map(({ type, name, options }) => [`${type}::${name}`, options.parent]));
    this.#resources = files.map(({ type, name, inputs, options }) => ({
      type,
      name,
      inputs,
      provider: options.provider?.split("::").at(-1),
      system: systemOf(`${type}::${name}`, parents),
      urn: `${type}::${name}`,
      isProtected: options.protect,
      parent: options.parent,
      dependsOn: [...options.dependsOn, ...(options.provider === undefined ? [] : [options.provider])],
    }));
    for (const resource of this.#resources) {
      const ofType = this.#byType.get(resource.type);
      if (ofType) ofType.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws Failure when the folder has none
   */
  static read(stack: string, folder: string): Plan {
    const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
    if (files.length === 0) {
      throw new Failure(`no plan of ${stack} in ${folder}: it has no file for any resource`);
    }
    const resources = files
      .filter((file) => file !== "stack-outputs.json")
      .sort()
      .map((file) => planned.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
    return new Plan(stack, resources);
  }

  /** A plan of these resources, as files would have them. */
  static of(stack: string, resources: readonly ResourceFile[]): Plan {
    return new Plan(
      stack,
      resources.map((resource) => planned.parse(resource)),
    );
  }

  /** Every resource, by its file's name. */
  get resources(): readonly PlannedResource<unknown>[] {
    return this.#resources;
  }

  /** All resources of a type. */
  all<Inputs>(type: string, inputs: z.ZodType<Inputs>): readonly PlannedResource<Inputs>[] {
    const resources = this.#byType.get(type) ?? [];
    return resources.map((resource) => ({ ...resource, inputs: inputs.parse(resource.inputs) }));
  }
}

/** A system is the outermost component of its kind that a resource is part of. */
function systemOf(resource: string, parents: ReadonlyMap<string, string | undefined>): string {
  let system = "platform";
  for (let current: string | undefined = resource; current !== undefined; current = parents.get(current)) {
    const [type = "", name = ""] = current.split("::");
    if (type.startsWith(systemTypes)) system = name;
  }
  return system;
}
