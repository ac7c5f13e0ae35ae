import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const where = {
  /** `path symbol`: a file of the repository, and a word that stands in it. */
  code: list.default([]),
  /** `path: words`: a file of tests, and words of the title of one of them. */
  tests: list.default([]),
  /** `[stack/]Kind name`: a resource of the reviewed plan, by its type and Pulumi name. The stack is prod unless named. */
  plan: z.string().optional(),
  /** The path of a page in docs/decisions. */
  decision: z.string().optional(),
};

const statementSchema = z.strictObject({
  ...where,
  /** What the resource of the plan says, by the path of each value. */
  is: z.record(z.string(), z.unknown()).default({}),
  /** What stands among other things at a path of the resource: a part of a text, a member of a list, some keys of an object. */
  has: z.record(z.string(), z.unknown()).default({}),
  /** What the program does less than the seed asks; the decision says why, and what a user does instead. */
  weaker: z.string().optional(),
});

const groupSchema = z.strictObject({
  about: z.string(),
  ...where,
  says: z.array(z.union([z.string(), z.record(z.string(), statementSchema)])),
});

const seedSchema = z.strictObject({ title: z.string(), groups: z.array(groupSchema) });

/** One thing that a seed asks for, and everything that shows how it is met. */
export interface Statement {
  readonly seed: string;
  readonly about: string;
  readonly says: string;
  readonly code: readonly string[];
  readonly tests: readonly string[];
  readonly plan: string | undefined;
  readonly is: Readonly<Record<string, unknown>>;
  readonly has: Readonly<Record<string, unknown>>;
  readonly decision: string | undefined;
  readonly weaker: string | undefined;
}

/** A seed, by its number, with its statements. */
export interface Seed {
  readonly number: string;
  readonly title: string;
  readonly statements: readonly Statement[];
}

/** The statements of every seed: one YAML file for each, named by the seed's number. */
export function loadSeeds(folder = __dirname): readonly Seed[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => seedOf(file.replace(/\.yaml$/, ""), readFileSync(join(folder, file), "utf8")));
}

/** A statement that names nothing of its own is where its group is. */
function seedOf(number: string, text: string): Seed {
  const { title, groups } = seedSchema.parse(parse(text));
  const statements = groups.flatMap((group) =>
    group.says.flatMap((entry) =>
      Object.entries(typeof entry === "string" ? { [entry]: statementSchema.parse({}) } : entry).map(
        ([says, own]): Statement => ({
          seed: number,
          about: group.about,
          says,
          code: own.code.length > 0 ? own.code : group.code,
          tests: own.tests.length > 0 ? own.tests : group.tests,
          plan: own.plan ?? group.plan,
          is: own.is,
          has: own.has,
          decision: own.decision ?? group.decision,
          weaker: own.weaker,
        }),
      ),
    ),
  );
  return { number, title, statements };
}
