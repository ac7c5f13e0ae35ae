import type { ClusterManager } from "../cluster/types";
import type { CheckFailure, ResourceReference, Value, Values } from "../providers/standin";
import type { CloudRecord } from "./store";

/** What is known about a provider before any of its resources is looked at. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A check of inputs alone. It must let unknown values pass: previews hold them. */
export type Rule = (inputs: Values, place: Place) => readonly CheckFailure[];

/** That a property names another resource, which must exist. */
export interface Link {
  /** Pulumi type token of what is named, or several of which one is. */
  readonly types: readonly string[];
  /** True when the cloud refuses to delete the one that is named while it is. */
  readonly blocks: boolean;
  /** True when the one that names cannot outlive the one that is named. */
  readonly within: boolean;
  /** Values that name something outside the account, or that the sandbox cannot know: these are not looked up. */
  readonly except?: RegExp;
}

/** How many resources of a type an account may hold. */
export interface Quota {
  readonly limit: number;
  /** The error code, as the cloud's API has it. */
  readonly code: string;
  /** What is counted, in the plural: "VPCs per region". */
  readonly of: string;
  /** Count only those with the same value at this input. */
  readonly per?: string;
}

/** The other resources of the account, as the tables' functions see them. */
export interface Neighbours {
  /** Records of a type in the region at hand (or of all regions for a global type). */
  list(type: string): Promise<readonly CloudRecord[]>;
  /** The record that an id, ARN or name stands for. */
  find(type: string, name: string): Promise<CloudRecord | undefined>;
}

/** A create or an update, on its way to the cloud; all inputs are known. */
export interface Request extends Place {
  readonly resource: ResourceReference;
  readonly id: string;
  readonly inputs: Values;
  readonly neighbours: Neighbours;
  readonly clusters: ClusterManager;
  /** The resource as it was before an update. */
  readonly previous?: CloudRecord;
  readonly log: (message: string, severity?: "info" | "warning") => void;
}

/** What a resource's deletion gets. */
export type Removal = Omit<Request, "previous" | "inputs"> & {
  readonly record: CloudRecord;
  /** The provider's own settings. */
  readonly settings: Values;
};

/** One resource type of a cloud: everything that is particular to it. */
export interface ResourceTable {
  /** As the cloud calls one in its messages: `EKS node group`. */
  readonly label: string;
  /** Inputs whose change makes a new resource; `all` when nothing can be changed in place. */
  readonly replaces: "all" | readonly string[];
  /** True when the new one cannot stand beside the old one. */
  readonly deleteBeforeReplace?: true;
  /** Kept once for all regions. */
  readonly global?: true;
  /** The input that gets a name of its own (`${logical name}-${7 digits}`) when the program gives none. */
  readonly autoName?: string;
  readonly defaults?: Values;
  readonly rules?: readonly Rule[];
  /** By dotted path of the input. */
  readonly links?: Readonly<Record<string, Link>>;
  /** Resources of this type that others bring with them, by the others' type: the dotted path of their ids. */
  readonly broughtBy?: Readonly<Record<string, string>>;
  /** The error code of a link to one that does not exist. */
  readonly notFound?: string;
  /** The error code of a second one with the same id. */
  readonly alreadyExists?: string;
  readonly quotas?: readonly Quota[];
  /** The id, where it follows from the inputs; there can be but one resource with the same. */
  readonly identify?: (inputs: Values, place: Place) => string;
  /** Makes up the id where it does not follow from the inputs; a UUID without it. */
  readonly newId?: () => string;
  /** What the cloud adds to the inputs. What it leaves out of the SDK's outputs is empty. */
  readonly compute?: (request: Request) => Values;
  /** Dotted paths within inputs that the cloud completes: unknown until the resource is created. */
  readonly completed?: readonly string[];
  /** Outputs that an update may change: unknown in its preview. */
  readonly changing?: readonly string[];
  /** Refusals that need to look at other resources. */
  readonly admit?: (request: Request) => Promise<void>;
  /** Brings up what stands behind the resource; its values are added to the computed ones. */
  readonly provision?: (request: Request) => Promise<Values>;
  /** Refusals of a deletion beyond the links that block it. */
  readonly admitRemoval?: (removal: Removal) => Promise<void>;
  /** Inputs of the one that the cloud makes again by itself, under the same id, once the resource is gone. */
  readonly makesAgain?: (removal: Removal) => Promise<Values | undefined>;
  /** Takes down what `provision` brought up. */
  readonly release?: (removal: Removal) => Promise<void>;
  /** False when what stands behind the resource has gone, so that a refresh sees it. */
  readonly alive?: (removal: Removal) => Promise<boolean>;
}

/** A type whose resources come only with others: they can be named, and never be asked for by themselves. */
export function broughtOnly(
  label: string,
  broughtBy: Readonly<Record<string, string>>,
  why: string,
): ResourceTable {
  return {
    label,
    replaces: [],
    broughtBy,
    rules: [() => [failure("", why)]],
  };
}

export type Tables = Readonly<Record<string, ResourceTable>>;

/** A function of a provider (`aws.getCallerIdentity`). */
export type Invoke = (args: Values, place: Place) => Values;

/** The property must name one that exists; deleting that one is allowed meanwhile. */
export function refers(types: string | readonly string[], except?: RegExp): Link {
  return {
    types: typeof types === "string" ? [types] : types,
    blocks: false,
    within: false,
    ...(except ? { except } : {}),
  };
}

/** The property must name one that exists, and the cloud refuses to delete it while this resource is there. */
export function holds(types: string | readonly string[], except?: RegExp): Link {
  return { ...refers(types, except), blocks: true, within: true };
}

/** The property must name one that exists, and with its end this resource ends too. */
export function partOf(type: string): Link {
  return { ...refers(type), within: true };
}

export function failure(property: string, reason: string): CheckFailure {
  return { property, reason };
}

/** A value as messages show it. */
export function shown(value: Value): string {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}
