import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Site } from "../kit/site";
import type { SystemObservability } from "../observability/system";
import type { DataOperators } from "../platform/data-operators";
import type { ModelRegistry } from "../platform/model-registry";
import type { SystemSettings } from "./section";
import type { System } from "./system";

/** What systems need of the platform to be there before them, where this stack has it. */
export interface PlatformParts {
  /** What looks after the data stores. */
  readonly operators: DataOperators;
  /** What makes load balancers for Services that ask for one; undefined where the cluster does so by itself. */
  readonly loadBalancers?: pulumi.Resource | undefined;
  /** What keeps the versions of models; undefined where the stack does without. */
  readonly modelRegistry?: ModelRegistry | undefined;
  /** What carries out Argo CD's applications; undefined where the stack does without. */
  readonly gitops?: pulumi.Resource | undefined;
}

/** What a system is made from. */
export interface SystemArgs<Config> extends PlatformParts {
  readonly site: Site;
  /** Its section of the stack's configuration. */
  readonly config: Config;
}

/** One system, whole: what the platform has to know of it, and how it is made. */
export interface SystemDefinition extends System {
  readonly observability: SystemObservability;
  /** Makes the system on a site: a component of the system's name. */
  readonly create: (args: SystemArgs<SystemSettings>) => void;
}

/** What is said of a system to define it. */
export interface Declared<Config extends SystemSettings> extends System {
  readonly observability: SystemObservability;
  readonly section: z.ZodType<Config>;
  /** Makes the system on a site: a component of the system's name. */
  readonly create: (args: SystemArgs<Config>) => void;
}

/** Defines a system; what makes it gets its own section of the configuration, with its own type. */
export function defineSystem<Config extends SystemSettings>(declared: Declared<Config>): SystemDefinition {
  const { section, create } = declared;
  return { ...declared, create: ({ config, ...args }) => create({ ...args, config: section.parse(config) }) };
}
