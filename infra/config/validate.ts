import { z } from "zod";
import { cloudNames } from "../cluster/cloud";
import { clusterSchema } from "./clusters";
import { completeFaults, withoutUnknownKeys } from "./complete-faults";
import type { Fault } from "./fault";
import { fromOldForm } from "./old-form";
import { rules } from "./rules";
import type { Draft, DraftCluster, Surroundings } from "./rules/rule";
import { type StackConfig, type StackSchema, stackSchemaOf } from "./stack";

/** A configuration that may be used, or everything that has to change first. */
export type Verdict =
  | { readonly config: StackConfig; readonly faults?: undefined }
  | { readonly config?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks a whole stack configuration: each section against its schema, and then the rules that cross sections. An unknown key hides
 * no other fault. A wrong value hides only what depends on it: the rules of its section, which are checked once it is right.
 */
export function validate(file: Readonly<Record<string, unknown>>, surroundings: Surroundings): Verdict {
  const { raw, faults } = fromOldForm(file);
  const verdict = validateForm(raw, surroundings);
  return faults.length === 0 ? verdict : { faults: [...faults, ...(verdict.faults ?? [])] };
}

function validateForm(raw: Readonly<Record<string, unknown>>, surroundings: Surroundings): Verdict {
  const stackSchema = stackSchemaOf(surroundings.systems);
  const whole = stackSchema.safeParse(raw);
  const declares = isDeclaredIn(raw);
  const faultsOf = (draft: Draft) => rules.flatMap((rule) => rule(draft, surroundings));
  if (whole.success) {
    const faults = faultsOf({ declares, ...whole.data, clusters: draftClusters(whole.data.clusters) });
    return faults.length === 0 ? { config: whole.data } : { faults };
  }
  const stated = completeFaults(stackSchema, raw, whole.error.issues);
  const known = withoutUnknownKeys(raw, whole.error.issues);
  const crossing = faultsOf({ declares, ...soundSections(known, stackSchema) });
  return { faults: distinct([...stated, ...crossing]) };
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [identityOf(fault), fault])).values()];
}

function identityOf(fault: Fault): string {
  return JSON.stringify(fault);
}

function isDeclaredIn(raw: Readonly<Record<string, unknown>>): Draft["declares"] {
  return (section) => raw[section] !== undefined;
}

/** The clusters of a stack file. Each is well-formed or not on its own. */
function draftClusters(section: unknown): readonly DraftCluster[] {
  const clusters = z.record(z.string(), z.unknown()).catch({}).parse(section);
  return Object.entries(clusters).map(([name, cluster]) => ({
    name,
    cloud: named.safeParse(cluster).data?.cloud,
    config: clusterSchema.safeParse(cluster).data,
  }));
}

const named = z.looseObject({ cloud: z.enum(cloudNames) });

/** The sections that are well-formed: only of those can a rule say anything. */
function soundSections(raw: unknown, stackSchema: StackSchema): Omit<Draft, "declares"> {
  const { systems, platform, environment, secrets, rotate } = stackSchema.shape;
  const sections = z.record(z.string(), z.unknown()).parse(raw);
  return {
    clusters: draftClusters(sections.clusters),
    systems: systems.safeParse(sections.systems).data,
    platform: platform.safeParse(sections.platform).data,
    environment: environment.safeParse(sections.environment).data,
    secrets: secrets.safeParse(sections.secrets).data,
    rotate: rotate.safeParse(sections.rotate).data,
  };
}
