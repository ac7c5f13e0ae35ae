import type { Value, Values } from "../providers/standin";
import type { Schema } from "./schema";
import { withoutNulls } from "./values";

/** What the engine adds to a provider's settings. */
const engines = ["version", "pluginDownloadURL", "__internal"];

/** A provider's settings as the program gave them: the SDK hands over everything but strings as JSON text. */
export function decodeSettings(schema: Schema, inputs: Values): Values {
  const entries = Object.entries(withoutNulls(inputs))
    .filter(([name]) => !engines.includes(name))
    .map(([name, value]): [string, Value] => {
      const shape = schema.provider[name]?.replace(/\?$/, "");
      return [name, shape === "string" || shape === undefined ? value : decode(value)];
    });
  return Object.fromEntries(entries);
}

function decode(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    const parsed: Value = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}
