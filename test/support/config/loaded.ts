import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { systems } from "../../../apps/registry";
import { cloudsVariable, loadStackConfig } from "../../../infra/config/load";

export type Tree = { [key: string]: Tree } | readonly Tree[] | string | number | boolean;

export const today = new Date("2026-11-20");

/** The configuration of a stack file, without Pulumi's own keys and the secrets that only the real stack can read. */
export function stackFile(stack: string): Record<string, Tree> {
  const { config } = parse(readFileSync(join(__dirname, `../../../Pulumi.${stack}.yaml`), "utf8"));
  return Object.fromEntries(
    Object.entries<Tree>(config).filter(
      ([key]) => key.startsWith("ai-platform:") && key !== "ai-platform:secrets",
    ),
  );
}

/** A configuration with one value changed; undefined takes it away. */
export function withValue(tree: Tree, [step, ...rest]: readonly string[], value: Tree | undefined): Tree {
  if (step === undefined) return value ?? {};
  if (Array.isArray(tree)) {
    return tree.map((item, index) => (String(index) === step ? withValue(item, rest, value) : item));
  }
  const entries = Object.entries(typeof tree === "object" ? tree : {});
  const others = entries.filter(([key]) => key !== step);
  if (rest.length === 0 && value === undefined) return Object.fromEntries(others);
  const current = entries.find(([key]) => key === step)?.[1] ?? {};
  return Object.fromEntries([...others, [step, withValue(current, rest, value)]]);
}

export interface Change {
  readonly stack?: string;
  /** Keys below `ai-platform:`, each with steps joined by `/`. */
  readonly set: Readonly<Record<string, Tree | undefined>>;
  readonly token?: boolean;
  readonly on?: Date;
  /** @default true */
  readonly simulated?: boolean;
}

export function load({ stack = "prod", set, token = true, on = today, simulated = true }: Change) {
  process.env[cloudsVariable] = simulated ? "simulated" : "";
  const changed = Object.entries(set).reduce<Tree>(
    (tree, [path, value]) => withValue(tree, `ai-platform:${path}`.split("/"), value),
    stackFile(stack),
  );
  const texts = Object.entries(changed).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  void pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
    "ai-platform",
    stack,
  );
  pulumi.runtime.setAllConfig(
    Object.fromEntries(token ? [...texts, ["linode:token", "token-of-the-test"]] : texts),
    ["linode:token"],
  );
  return loadStackConfig(systems, [], on);
}

/** The message that a person sees. */
export function refusal(change: Change): string {
  try {
    load(change);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return error.message;
  }
  throw new Error("the configuration was accepted");
}

beforeEach(() => {
  delete process.env.LINODE_TOKEN;
});

/** The keys of a refusal's faults, sorted. */
export function faultyKeys(change: Change): readonly string[] {
  const keys = [...refusal(change).matchAll(/^ {2}ai-platform:(.*)$/gm)].map(([, key]) => key ?? "");
  return keys.sort();
}

/** A change that is refused, and what its message says. */
export interface Fault extends Change {
  readonly name: string;
  readonly message: readonly string[];
}

/** A managed database of the one service that can use one. */
export function databases(settings: Tree): Tree {
  const complete = { label: "aiaas-users", plan: "g6-dedicated-2" };
  return { "user-organization": typeof settings === "object" ? { ...complete, ...settings } : complete };
}
