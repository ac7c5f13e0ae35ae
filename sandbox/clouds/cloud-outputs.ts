import { type Difference, Secret, unknown, type Value, type Values } from "../providers/standin";
import type { CloudDefinition } from "./definition";
import { describe } from "./describe";
import { differences } from "./difference";
import { commonOutputs, completed } from "./outputs";
import type { CloudRecords } from "./records";
import { isOptional } from "./schema";
import type { CloudRecord } from "./store";
import type { ResourceTable } from "./table";
import { isKnown, isObject, withValue } from "./values";

/** A resource as the engine's state has it. */
export type OldState = { readonly inputs: Values; readonly outputs: Values };

/** What the engine is told of a cloud's resources, before and after they are made. */
export class CloudOutputs {
  constructor(
    private readonly definition: CloudDefinition,
    private readonly records: CloudRecords,
  ) {}

  of(record: CloudRecord): Values {
    const { shape } = describe(this.definition, record.type);
    const outputs: Record<string, Value> = { ...record.inputs, ...record.computed };
    for (const name of shape.secrets ?? []) {
      const value = outputs[name];
      if (value !== undefined) outputs[name] = new Secret(value);
    }
    return outputs;
  }

  ofPreview(type: string, inputs: Values): Values {
    const { table, shape } = describe(this.definition, type);
    const pending = Object.entries(shape.outputs)
      .filter(([name, declared]) => !isOptional(declared) && inputs[name] === undefined)
      .map(([name]) => [name, unknown] as const);
    const common = commonOutputs(shape, this.definition.common(inputs, this.records.placeOf(inputs)));
    return completed(table, { ...inputs, ...Object.fromEntries(pending), ...common });
  }

  ofPreviewedUpdate(table: ResourceTable, type: string, old: OldState, inputs: Values): Values {
    const { shape } = describe(this.definition, type);
    const kept = Object.entries(old.outputs).filter(([name]) => !(name in old.inputs));
    const changing = (table.changing ?? []).map((name) => [name, unknown] as const);
    const common = commonOutputs(shape, this.definition.common(inputs, this.records.placeOf(inputs)));
    let outputs: Values = {
      ...Object.fromEntries(kept),
      ...inputs,
      ...common,
      ...Object.fromEntries(changing),
    };
    for (const path of table.completed ?? []) {
      const [head = ""] = path.split(".");
      const asked = differences({ [head]: old.inputs[head] ?? null }, { [head]: inputs[head] ?? null });
      outputs =
        asked.length > 0
          ? withValue(outputs, path, unknown)
          : { ...outputs, [head]: old.outputs[head] ?? unknown };
    }
    return outputs;
  }

  tagDifferences(old: OldState, newInputs: Values): Difference["differences"] {
    const before = isObject(old.outputs.tagsAll) ? old.outputs.tagsAll : {};
    const wanted = this.definition.common(newInputs, this.records.placeOf(newInputs)).tagsAll;
    if (!isObject(wanted) || !isKnown(wanted)) return [];
    return differences({ tagsAll: before }, { tagsAll: wanted }).map((change) => ({
      ...change,
      replace: false,
    }));
  }
}
