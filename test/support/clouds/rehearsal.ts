import { randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { plainValues } from "../../../sandbox/clouds/values";
import { awsStandIn } from "../../../sandbox/providers/aws";
import type { SandboxContext } from "../../../sandbox/providers/context";
import { linodeStandIn } from "../../../sandbox/providers/linode";
import { randomStandIn } from "../../../sandbox/providers/random";
import type {
  ConfiguredProvider,
  ResourceReference,
  StandIn,
  Values,
} from "../../../sandbox/providers/standin";
import { operation } from "./fakes";

/** A resource that a rehearsed program has made. */
export interface Rehearsed {
  readonly resource: ResourceReference;
  readonly provider: ConfiguredProvider;
  readonly id: string;
  /** What the program asked for, before defaults and names. */
  readonly given: Values;
  readonly inputs: Values;
  readonly outputs: Values;
}

/**
 * Plays a program against the stand-ins without an engine: Pulumi's mocks hand each resource to its stand-in's check and
 * create. For tests; what is not of a stand-in's package is echoed.
 */
export class Rehearsal {
  readonly made: Rehearsed[] = [];
  private readonly providers = new Map<string, ConfiguredProvider>();
  private readonly standIns: Readonly<Record<string, StandIn>>;

  constructor(
    context: SandboxContext,
    private readonly stack: string,
  ) {
    this.standIns = { aws: awsStandIn(context), linode: linodeStandIn(context), random: randomStandIn() };
  }

  /** Answers the resources that the program registers from now on. */
  async begin(): Promise<void> {
    await pulumi.runtime.setMocks(
      {
        call: ({ token }) => {
          throw new Error(`the program calls ${token}`);
        },
        newResource: async ({ type, name, inputs, provider }) => {
          const answer = type.startsWith("pulumi:providers:")
            ? await this.configure(type.slice("pulumi:providers:".length), name, inputs)
            : await this.create(type, name, inputs, provider ?? "");
          return { id: answer.id, state: plainValues(answer.outputs) };
        },
      },
      "ai-platform",
      this.stack,
      false,
    );
  }

  private async configure(packageName: string, name: string, inputs: Values) {
    const standIn = this.standIns[packageName];
    const id = `${name}-id`;
    if (standIn) {
      const failures = await standIn.checkConfig(inputs);
      if (failures.length > 0) throw new Error(`${name}: ${JSON.stringify(failures)}`);
      this.providers.set(id, await standIn.configure(inputs));
    }
    return { id, outputs: inputs };
  }

  private async create(type: string, name: string, given: Values, reference: string) {
    const provider = this.providers.get(reference.split("::").at(-1) ?? "");
    if (!provider) return { id: `${name}-id`, outputs: given };
    const resource = { type, name, urn: `urn:pulumi:${this.stack}::ai-platform::${type}::${name}` };
    const { inputs, failures } = await provider.check(resource, undefined, given, randomBytes(32));
    if (failures.length > 0) throw new Error(`${type} ${name}: ${JSON.stringify(failures)}`);
    const { id, outputs } = await provider.create(resource, inputs, operation());
    this.made.push({ resource, provider, id, given, inputs, outputs });
    return { id, outputs };
  }
}
