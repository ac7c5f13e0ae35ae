/** A resource of which the program wants to know what the cloud makes of it. */
export interface MockedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Outputs of the stacks that the program may refer to, by their full names. */
  readonly stackReferences: Readonly<Record<string, Record<string, unknown>>>;
}

/** What a cloud would answer: the inputs, an ARN that names the resource, and the few outputs that others are made of. */
export function mockedState({
  type,
  name,
  inputs,
  stackReferences,
}: MockedResource): Record<string, unknown> {
  if (type === "pulumi:pulumi:StackReference") {
    const referred = String(inputs.name);
    const outputs = stackReferences[referred];
    if (outputs === undefined) throw new Error(`no outputs are mocked for the stack ${referred}`);
    return { ...inputs, outputs, secretOutputNames: [] };
  }
  return { arn: `arn:${type}:${name}`, ...inputs, ...computed[type]?.(name, inputs) };
}

type Computed = (name: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const computed: Readonly<Record<string, Computed>> = {};
