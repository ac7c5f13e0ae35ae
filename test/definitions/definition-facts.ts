import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { collectionAt } from "../published/collection";
import { type PlannedObject, plannedObjects } from "./planned-objects";
import { type Schema, schema } from "./schema";
import { usedSchema } from "./used-schema";

/** The file in which the project keeps what it needs to know of custom resource definitions. */
export const keptFile = join(__dirname, "kept-facts.json");

/** Schemas by `group/version Kind`, as far as the plan uses them. */
export type Definitions = Readonly<Record<string, Schema>>;

/** What the project keeps. */
export function keptDefinitions(): Definitions {
  return z.record(z.string(), schema).parse(JSON.parse(readFileSync(keptFile, "utf8")));
}

const collection = collectionAt("crds");
const index = z.array(z.object({ group: z.string(), kind: z.string(), plural: z.string() }));
const definition = z.object({
  spec: z.object({
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: schema }) })),
  }),
});

/** What the collection beside the repository says of the definitions that the plan uses; undefined without the collection. */
export function publishedDefinitions(): Definitions | undefined {
  if (collection === undefined) return undefined;
  const files = new Map(
    index
      .parse(JSON.parse(readFileSync(join(collection, "index.json"), "utf8")))
      .map(({ group, kind, plural }) => [`${group} ${kind}`, join(collection, group, `${plural}.yaml`)]),
  );
  const objects = plannedObjects();
  const used = [...new Map(objects.map((object) => [object.definition, object])).values()];
  return Object.fromEntries(
    used
      .flatMap(({ definition: name, group, version, kind }): readonly (readonly [string, Schema])[] => {
        const file = files.get(`${group} ${kind}`);
        const whole = file === undefined ? undefined : schemaIn(file, version);
        return whole === undefined ? [] : [[name, usedSchema(whole, fieldsOf(objects, name))]];
      })
      .sort(([left], [right]) => left.localeCompare(right)),
  );
}

function fieldsOf(objects: readonly PlannedObject[], name: string): readonly unknown[] {
  return objects.filter((object) => object.definition === name).map(({ fields }) => fields);
}

/** The schema of what objects have beside their identity. */
function schemaIn(file: string, version: string): Schema | undefined {
  const { spec } = definition.parse(parse(readFileSync(file, "utf8")));
  const whole = spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
  const required = whole?.required?.filter((field) => !["apiVersion", "kind", "metadata"].includes(field));
  return whole && { ...whole, ...(required && { required }) };
}
