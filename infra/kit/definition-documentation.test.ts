import { withoutDescriptions } from "./definition-documentation";

const opts = {};

test("a definition keeps everything but its descriptions, also a field of that name", () => {
  const props = {
    metadata: { name: "widgets.example.com" },
    spec: {
      versions: [
        {
          name: "v1",
          schema: {
            openAPIV3Schema: {
              description: "A widget.",
              type: "object",
              properties: {
                description: { type: "string", description: "What it is for." },
                sizes: { type: "array", items: { type: "integer", description: "In metres." } },
              },
            },
          },
        },
      ],
    },
  };
  const type = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
  expect(withoutDescriptions({ custom: true, type, name: "widgets", props, opts })).toEqual({
    opts,
    props: {
      metadata: { name: "widgets.example.com" },
      spec: {
        versions: [
          {
            name: "v1",
            schema: {
              openAPIV3Schema: {
                type: "object",
                properties: {
                  description: { type: "string" },
                  sizes: { type: "array", items: { type: "integer" } },
                },
              },
            },
          },
        ],
      },
    },
  });
});

test("a schema's empty properties go, as API servers let them go; a field of that name stays", () => {
  const type = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
  const schema = {
    type: "object",
    properties: {
      clusterSecurity: { type: "object", properties: {} },
      properties: { type: "object" },
    },
  };
  const transformed = withoutDescriptions({ custom: true, type, name: "kafkas", props: { schema }, opts });
  expect(transformed?.props).toEqual({
    schema: {
      type: "object",
      properties: { clusterSecurity: { type: "object" }, properties: { type: "object" } },
    },
  });
});

test("other objects stay as they are", () => {
  const props = { description: "a role" };
  expect(
    withoutDescriptions({ custom: true, type: "aws:iam/role:Role", name: "role", props, opts }),
  ).toBeUndefined();
});
