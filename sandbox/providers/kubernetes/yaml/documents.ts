import { type ParsedNode, parseAllDocuments, type Tags } from "yaml";
import { isList, isObject, type Json, type JsonObject, textAt } from "../json";

/**
 * Kubernetes reads YAML 1.1 (`defaultMode: 0440` is octal), but neither times of day nor dates; of a key that is there twice,
 * as charts with values of theirs and of their users make it, the last one counts.
 */
const kubernetesYaml = {
  schema: "yaml-1.1",
  uniqueKeys: false,
  customTags: (tags: Tags): Tags =>
    tags.filter(
      (tag) => typeof tag === "string" || (tag.format !== "TIME" && !tag.tag.endsWith(":timestamp")),
    ),
} as const;

/**
 * The objects of a manifest: its documents, with lists taken apart and empty documents left out.
 *
 * @param source where the text is from, for messages
 */
export function parseManifest(text: string, source: string): readonly JsonObject[] {
  const documents = parseAllDocuments<ParsedNode>(text, kubernetesYaml);
  const objects = [...documents].flatMap((document, index) => {
    const [fault] = document.errors;
    if (fault !== undefined) {
      throw new Error(`${source} is not YAML: ${fault.message}`);
    }
    const content: Json = document.toJS();
    return content === null ? [] : objectsIn(content, `${source}, document ${index + 1}`);
  });
  if (objects.length === 0) {
    throw new Error(`${source} holds no Kubernetes object`);
  }
  return objects;
}

/**
 * An object, or those of a list such as `v1 List`.
 *
 * @param place where the object is, for messages
 */
export function objectsIn(content: Json, place: string): readonly JsonObject[] {
  if (!isObject(content)) {
    const found = isList(content) ? "a list" : JSON.stringify(content).slice(0, 60);
    throw new Error(`${place} is no Kubernetes object but ${found}`);
  }
  if (isList(content.items)) {
    return content.items.flatMap((item, index) => objectsIn(item, `${place}, items[${index}]`));
  }
  for (const path of [["apiVersion"], ["kind"], ["metadata", "name"]]) {
    if (textAt(content, ...path) === "") {
      const start = JSON.stringify(content).slice(0, 80);
      throw new Error(
        `${place}: ${path.join(".")} is missing in ${start}; an object needs at least ` +
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}",
      );
    }
  }
  return [content];
}
