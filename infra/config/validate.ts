import { z } from "zod";
import { cloudNames } from "../cluster/cloud";
import { clusterSchema } from "./clusters";
import type { Fault, KeyPath } from "./fault";
import { mends, without } from "./mend";
import { fromOldForm } from "./old-form";
import { rules } from "./rules";
import type { Draft, DraftCluster, Surroundings } from "./rules/rule";
import { schemaFaults } from "./schema-faults";
import type { SchemaNode } from "./schema-node";
import { type StackConfig, type StackSchema, stackSchemaOf } from "./stack";

/** A configuration that may be used, or everything that has to change first. */
export type Verdict =
  | { readonly config: StackConfig; readonly faults?: undefined }
  | { readonly config?: undefined; readonly faults: readonly Fault[] };

/**
 * Checks a whole stack configuration: each section against its schema, and then the rules that cross sections. No fault
 * hides another that has nothing to do with it: neither one of another section, nor an unknown key or a wrong value beside it.
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
  if (whole.success) {
    const draft = { declares, ...whole.data, clusters: draftClusters(whole.data.clusters) };
    const faults = rules.flatMap((rule) => rule(draft, surroundings));
    return faults.length === 0 ? { config: whole.data } : { faults };
  }
  const schema = z.toJSONSchema(stackSchema, { io: "input" });
  const stated = schemaFaults(whole.error.issues, raw, schema);
  const wrong = whole.error.issues.filter(({ code }) => code !== "custom" && code !== "unrecognized_keys");
  const places = schemaFaults(wrong, raw, schema).map(({ path }) => path);
  const verdicts = mends(withoutUnknownKeys(raw, whole.error.issues), places, schema).map((mended) =>
    judge(mended, { declares, ...soundSections(mended, stackSchema) }, { stackSchema, schema, surroundings }),
  );
  const beside = inAll(verdicts).filter(({ path }) => !places.some((place) => isWithin(place, path)));
  return { faults: distinct([...stated, ...beside]) };
}

interface Judgement {
  readonly faults: readonly Fault[];
  /** How many sections are well-formed. */
  readonly sound: number;
}

interface Judges {
  readonly stackSchema: StackSchema;
  readonly schema: SchemaNode;
  readonly surroundings: Surroundings;
}

function judge(mended: unknown, draft: Draft, { stackSchema, schema, surroundings }: Judges): Judgement {
  const issues = stackSchema.safeParse(mended).error?.issues ?? [];
  return {
    faults: [...schemaFaults(issues, mended, schema), ...rules.flatMap((rule) => rule(draft, surroundings))],
    sound:
      Object.values(draft).filter((section) => section !== undefined).length +
      draft.clusters.filter(({ config }) => config !== undefined).length,
  };
}

/** Faults that remain after the best possible fix. */
function inAll(judgements: readonly Judgement[]): readonly Fault[] {
  const best = Math.max(...judgements.map(({ sound }) => sound));
  const [first, ...others] = judgements.filter(({ sound }) => sound === best).map(({ faults }) => faults);
  const sets = others.map((faults) => new Set(faults.map(identityOf)));
  return (first ?? []).filter((fault) => sets.every((set) => set.has(identityOf(fault))));
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [identityOf(fault), fault])).values()];
}

function identityOf(fault: Fault): string {
  return JSON.stringify(fault);
}

/** Whether a path is a place's own, or leads on from there. */
function isWithin(place: KeyPath, path: KeyPath): boolean {
  return place.every((step, depth) => step === path[depth]);
}

function withoutUnknownKeys(raw: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  return issues
    .filter((issue) => issue.code === "unrecognized_keys")
    .flatMap((issue) => issue.keys.map((key) => [...issue.path, key]))
    .reduce<unknown>(without, raw);
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
