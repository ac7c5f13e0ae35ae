import type { Values } from "../providers/standin";
import type { CloudRecord } from "./store";
import type { Link } from "./table";
import { leaves } from "./values";

/** What the property names, without what the sandbox cannot look up. */
export function namesAt(inputs: Values, path: string, link: Link): readonly string[] {
  return leaves(inputs, path)
    .map(String)
    .filter((name) => name !== "" && !link.except?.test(name));
}

/** True when the id, the ARN or the name of the record is this one. */
export function isCalled(record: CloudRecord, name: string): boolean {
  return [record.id, record.computed.arn, record.inputs.name, record.inputs.label].includes(name);
}

export function same(one: Values, other: Values, path: string): boolean {
  return JSON.stringify(leaves(one, path)) === JSON.stringify(leaves(other, path));
}
