import { keptDefinitions, publishedDefinitions } from "./definition-facts";
import { plannedObjects } from "./planned-objects";
import { faultsOf, type Schema } from "./schema";
import { usedSchema } from "./used-schema";

const published = publishedDefinitions();
const kept = keptDefinitions();
const objects = plannedObjects();
const names = [...new Set(objects.map(({ definition }) => definition))].sort();

(published === undefined ? test.skip : test)(
  published === undefined
    ? "kept facts of definitions are compared with ../shared/crds, which is not here"
    : "kept facts of definitions are those of ../shared/crds: `npm run published-facts` makes them",
  () => expect(kept).toEqual(published),
);

describe.each(names)("the planned objects of %s", (name) => {
  const schema = kept[name];
  if (schema === undefined) {
    test.skip("nothing is kept of the definition, so their fields are not tested", () => {});
    return;
  }
  test("have fields that the definition has, of its types, and all that it requires", () => {
    const faults = objects
      .filter(({ definition }) => definition === name)
      .flatMap(({ title, fields }) => faultsOf(fields, schema, "").map((fault) => `${title} ${fault}`));
    expect(faults).toEqual([]);
  });
});

const schema: Schema = {
  type: "object",
  required: ["spec"],
  properties: {
    spec: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", pattern: "^[a-z]+$" },
        kind: { type: "string", enum: ["A", "B"] },
        replicas: { type: "integer", minimum: 1, maximum: 3 },
        port: { "x-kubernetes-int-or-string": true },
        labels: { type: "object", additionalProperties: { type: "string" } },
        values: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        rules: { type: "array", items: { type: "object", properties: { on: { type: "boolean" } } } },
      },
    },
  },
};

test.each([
  [{ spec: { name: "a" } }, []],
  [{ spec: { name: "a", port: "http", values: { any: { thing: 1 } }, labels: { a: "b" } } }, []],
  [{ spec: { name: "[secret]", replicas: "[secret]" } }, []],
  [{}, [".spec: missing"]],
  [{ spec: {} }, [".spec.name: missing"]],
  [{ spec: { name: 1 } }, [".spec.name: integer, not string"]],
  [{ spec: { name: "A" } }, ['.spec.name: "A" does not match ^[a-z]+$']],
  [{ spec: { name: "a", kind: "C" } }, ['.spec.kind: "C", not one of ["A","B"]']],
  [{ spec: { name: "a", replicas: 4 } }, [".spec.replicas: 4 is out of bounds"]],
  [{ spec: { name: "a", replicas: 1.5 } }, [".spec.replicas: number, not integer"]],
  [{ spec: { name: "a", port: true } }, [".spec.port: boolean, not integer or string"]],
  [{ spec: { name: "a", labels: { a: 1 } } }, [".spec.labels.a: integer, not string"]],
  [{ spec: { name: "a", rules: [{}, { off: true }] } }, [".spec.rules[1].off: no such field"]],
  [{ spec: { name: "a", replica: 1 } }, [".spec.replica: no such field"]],
])("of %j the faults are %j", (value, faults) => {
  expect(faultsOf(value, schema, "")).toEqual(faults);
});

test("of a schema those fields are kept that some value has, and what is required beside them", () => {
  const values = [{ spec: { name: "a", labels: { a: "b" } } }, { spec: { rules: [{ on: true }] } }];
  expect(usedSchema(schema, values)).toEqual({
    type: "object",
    required: ["spec"],
    properties: {
      spec: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", pattern: "^[a-z]+$" },
          labels: { type: "object", additionalProperties: { type: "string" } },
          rules: { type: "array", items: { type: "object", properties: { on: { type: "boolean" } } } },
        },
      },
    },
  });
});
