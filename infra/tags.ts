import * as pulumi from "@pulumi/pulumi";

/** Tags and labels say of every resource whose it is. */
export interface CommonTagsArgs {
  readonly project: string;
  readonly stack: string;
  readonly environment: string;
  /** The stack's own tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The tags of every cloud resource of a stack. (K6) */
export function commonTags({ project, stack, environment, tags }: CommonTagsArgs): Record<string, string> {
  return { ...tags, project, stack, environment, "managed-by": "pulumi" };
}

/** The labels of every Kubernetes object of a stack. */
export function commonLabels({
  project,
  stack,
}: Pick<CommonTagsArgs, "project" | "stack">): Record<string, string> {
  return {
    "app.kubernetes.io/part-of": project,
    "app.kubernetes.io/managed-by": "pulumi",
    "ai-platform/stack": stack,
  };
}

/**
 * Makes every resource that the program registers from now on carry the common tags or labels, where its type can. A
 * resource's own tags and labels win.
 */
export function tagEverything(args: CommonTagsArgs): void {
  pulumi.runtime.registerStackTransformation(tagging(args));
}

/** The transformation behind {@link tagEverything}. */
export function tagging(args: CommonTagsArgs): pulumi.ResourceTransformation {
  const tags = commonTags(args);
  const labels = commonLabels(args);
  return ({ type, props, opts }) => {
    const [packageName] = type.split(":");
    switch (packageName) {
      case "aws":
        return takesTagMap(type, props)
          ? { opts, props: { ...props, tags: merged(tags, props.tags) } }
          : undefined;
      case "linode":
        return "tags" in props
          ? { opts, props: { ...props, tags: withLinodeTags(tags, props.tags) } }
          : undefined;
      case "kubernetes":
        return isManifest(props)
          ? { opts, props: { ...props, metadata: withLabels(labels, props.metadata) } }
          : undefined;
      default:
        return undefined;
    }
  };
}

/** Types whose `tags` are something else than a map of tags on the resource itself. */
const otherwiseTagged: ReadonlySet<string> = new Set([
  "aws:autoscaling/group:Group",
  "aws:devopsguru/resourceCollection:ResourceCollection",
]);

/** The SDK's constructors set every input that a type has, if only to undefined: so the key tells whether there is one. */
function takesTagMap(type: string, props: object): boolean {
  return "tags" in props && !otherwiseTagged.has(type);
}

/** The SDK sets `apiVersion` and `kind` of what is a Kubernetes object; providers, releases and charts have neither. */
function isManifest(props: object): boolean {
  return "apiVersion" in props && "kind" in props && "metadata" in props;
}

type Strings = Readonly<Record<string, string>>;

function merged(common: Strings, own: pulumi.Input<Strings | undefined>): pulumi.Input<Strings> {
  return pulumi.output(own).apply((known) => ({ ...common, ...known }));
}

/** Linode's tags are words; by habit `name:value`. */
function withLinodeTags(
  common: Strings,
  own: pulumi.Input<readonly string[] | undefined>,
): pulumi.Input<readonly string[]> {
  const words = Object.entries(common).map(([name, value]) => `${name}:${value}`);
  return pulumi.output(own).apply((known) => [...new Set([...words, ...(known ?? [])])]);
}

interface Metadata {
  readonly labels?: pulumi.Input<Strings>;
}

/** Only what has to wait waits: with its metadata unknown as a whole, a preview would show an object replaced. */
function withLabels(common: Strings, own: pulumi.Input<Metadata | undefined>): pulumi.Input<Metadata> {
  return isLater(own) ? pulumi.output(own).apply((known) => labelled(common, known)) : labelled(common, own);
}

function labelled(common: Strings, own: Metadata | undefined) {
  const labels = own?.labels;
  return { ...own, labels: isLater(labels) ? merged(common, labels) : { ...common, ...labels } };
}

function isLater<T>(value: pulumi.Input<T>): value is Promise<T> | pulumi.OutputInstance<T> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
