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

test("other objects stay as they are", () => {
  const props = { description: "a role" };
  expect(
    withoutDescriptions({ custom: true, type: "aws:iam/role:Role", name: "role", props, opts }),
  ).toBeUndefined();
});
