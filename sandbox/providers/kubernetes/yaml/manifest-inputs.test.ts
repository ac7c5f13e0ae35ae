import { parseInputs } from "./manifest-inputs";

const reference = (component: string) => ({
  type: `kubernetes:yaml/v2:${component}`,
  name: "operator",
});

test("a ConfigFile is one file, named after itself", () => {
  expect(parseInputs(reference("ConfigFile"), { file: "operator.yaml" })).toEqual({
    files: ["operator.yaml"],
    yaml: undefined,
    objects: [],
    prefix: "operator",
    skipAwait: false,
  });
});

test("a ConfigGroup takes files, a text and objects; an empty prefix is none", () => {
  const inputs = {
    files: ["a.yaml", "b.yaml"],
    yaml: "kind: A",
    objs: [{}],
    resourcePrefix: "",
    skipAwait: true,
  };
  expect(parseInputs(reference("ConfigGroup"), inputs)).toEqual({
    files: ["a.yaml", "b.yaml"],
    yaml: "kind: A",
    objects: [{}],
    prefix: "",
    skipAwait: true,
  });
});

test.each([
  ["ConfigGroup", {}, "there is nothing to install; give files or yaml or objs"],
  ["ConfigGroup", { files: "a.yaml" }, 'files is "a.yaml", and has to be a list'],
  ["ConfigGroup", { yaml: 3 }, "yaml is 3, and has to be a string"],
  ["ConfigFile", { file: "" }, '"" is no manifest'],
  ["Kustomization", {}, "does not offer kubernetes:yaml/v2:Kustomization; its components are"],
])("%s of %j is refused", (component, inputs, message) => {
  expect(() => parseInputs(reference(component), inputs)).toThrow(message);
});
