import type { ContainerFacts, PodFacts } from "../../model/facts/pod";
import type { Places, ScatteredContainer, Source } from "../../policies/kubernetes/operators";
import { isMarked, type Probe, probes } from "./probes";
import type { Path } from "./recorder";
import { isBelow, isInList, isSwitch, type Sample } from "./sample";

/** Where a value of a custom resource comes out: in a field of one kind of pods, or of a container of them. */
interface Landing {
  readonly path: Path;
  readonly field: string;
  /** Names of the pod's containers, which tell one kind of pods from another. */
  readonly pod: string;
  readonly container?: ContainerFacts;
}

/** Where a custom resource says what its pods look like: each field that may say so is filled, and looked for in the pods. */
export function sourcesOf(sample: Sample): readonly Source[] {
  const landings = sample.paths
    .flatMap((path) => landingsOf(sample, path))
    .filter(({ path }, _, all) => !all.some((other) => isWhole(other) && isBelow(path, other.path)));
  const kinds = new Set(sample.pods.map(({ pod }) => namesIn(pod)));
  const sources = [...kinds].flatMap((kind) =>
    sourcesOfPod(
      sample,
      landings.filter(({ pod }) => pod === kind),
    ),
  );
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

/** Whether all that lies below a path is told with it. */
function isWhole({ field }: Landing): boolean {
  return field === "template" || field === "sidecars";
}

/** @param without paths whose values are taken away, for what stands there may hide others */
function landingsOf(sample: Sample, path: Path, without: readonly Path[] = []): readonly Landing[] {
  const probe = probeAt(path);
  const made =
    probe && sample.podsWith(...without.map((one) => [one, undefined] as const), [path, probe.value]);
  if (probe === undefined || made === undefined) {
    return [];
  }
  const { field, inPod, inContainer } = probe;
  const kinds = new Map(sample.pods.map(({ workload, pod }) => [workload, namesIn(pod)]));
  return made.flatMap(({ workload, pod: facts }): readonly Landing[] => {
    const pod = kinds.get(workload);
    if (pod === undefined) {
      return [];
    }
    const containers = inContainer ? facts.containers.filter((one) => isMarked(inContainer(one))) : [];
    return [
      ...(inPod && isMarked(inPod(facts)) ? [{ path, field, pod }] : []),
      ...containers.map((container) => ({ path, field, pod, container })),
    ];
  });
}

function probeAt(path: Path): Probe | undefined {
  return probes.get(path.at(-1) ?? "");
}

function namesIn({ containers }: PodFacts): string {
  return containers.map(({ name }) => name).join(" ");
}

function sourcesOfPod(sample: Sample, landings: readonly Landing[]): readonly Source[] {
  const [template] = landings.filter(({ field }) => field === "template");
  const [sidecars] = landings.filter(({ field }) => field === "sidecars");
  const inPod = landings.filter(({ field, container }) => container === undefined && field !== "template");
  const scattered = scatteredIn(sample, landings);
  const source: Source = {
    ...(template && !isInList(template.path) && { template: text(template.path) }),
    ...(inPod.length > 0 && { pod: written(placesOf(sample, inPod)) }),
    ...(scattered.length > 0 && { containers: scattered }),
    ...(sidecars && {
      listed: { list: text(sidecars.path), complete: emptyIn(sidecars.container, containerFields) },
    }),
  };
  return [
    ...(Object.keys(source).length > 0 ? [source] : []),
    ...(template && isInList(template.path) ? [templatesIn(template.path)] : []),
  ];
}

/** `nodeSets.0.podTemplate`: a template in each item of a list. */
function templatesIn(path: Path): Source {
  const index = path.findIndex((key) => /^\d+$/.test(key));
  return { templates: { list: text(path.slice(0, index)), template: path.slice(index + 1).join(".") } };
}

function scatteredIn(sample: Sample, landings: readonly Landing[]): readonly ScatteredContainer[] {
  const own = landings.filter(({ field, path }) => field !== "sidecars" && !isInList(path));
  const servers = new Set(own.filter(({ container }) => container && !prepares(container)).map(key));
  const names = [...new Set(own.flatMap(({ container }) => container?.name ?? []))];
  return names.flatMap((name) => {
    // What prepares a pod often has a server's image and resources: there the server tells of them.
    const ofName = own.filter(
      (one) => one.container?.name === name && !(prepares(one.container) && servers.has(key(one))),
    );
    const [first] = ofName;
    return first?.container === undefined ? [] : [scatteredContainer(sample, first.container, ofName)];
  });
}

/** A container that ends before the pod serves. */
function prepares({ init, sidecar }: ContainerFacts): boolean {
  return init === true && sidecar !== true;
}

function key({ path, field }: Landing): string {
  return `${field} ${text(path)}`;
}

function scatteredContainer(
  sample: Sample,
  container: ContainerFacts,
  landings: readonly Landing[],
): ScatteredContainer {
  const enabledBy = sample.paths.filter(isSwitch).find((path) => {
    const without = sample.podsWith([path, false]) ?? [];
    return without.every(({ pod }) => pod.containers.every(({ name }) => name !== container.name));
  });
  const fields = placesOf(sample, landings);
  const complete = containerFields.filter((field) => {
    const paths = fields[field] ?? [];
    const left = sample.podsWith(...paths.map((path) => [path, undefined] as const));
    const own = left?.flatMap(({ pod }) => pod.containers).find(({ name }) => name === container.name);
    return paths.length > 0 && (left === undefined || emptyIn(own, [field]).length > 0);
  });
  return {
    name: container.name.replaceAll(sample.name, "{name}"),
    ...(prepares(container) && { init: true }),
    ...(enabledBy && { enabledBy: text(enabledBy) }),
    fields: written(fields),
    ...(complete.length > 0 && { complete }),
  };
}

const containerFields = ["image", "resources", "securityContext"] as const;

/** Those of the fields that a container does not have. */
function emptyIn(
  container: ContainerFacts | undefined,
  fields: readonly (typeof containerFields)[number][],
): readonly string[] {
  const facts = {
    image: container?.image || undefined,
    resources: container?.resources,
    securityContext: container?.security,
  };
  return fields.filter((field) => facts[field] === undefined);
}

/** Paths by field, those first that are heeded first. */
function placesOf(sample: Sample, landings: readonly Landing[]): Readonly<Record<string, readonly Path[]>> {
  const fields = [...new Set(landings.map(({ field }) => field))].sort();
  return Object.fromEntries(
    fields.map((field) => {
      const own = landings.filter((one) => one.field === field);
      const first = [...new Set(own.map(({ path }) => path))];
      const hidden = sample.paths
        .filter((path) => !first.includes(path) && !isInList(path) && probeAt(path)?.field === field)
        .filter((path) =>
          landingsOf(sample, path, first).some(
            (one) =>
              one.field === field &&
              one.pod === own[0]?.pod &&
              one.container?.name === own[0]?.container?.name,
          ),
        );
      return [field, [...first, ...hidden]];
    }),
  );
}

function written(places: Readonly<Record<string, readonly Path[]>>): Places {
  return Object.fromEntries(
    Object.entries(places).map(([field, paths]) => [field, paths.map((path) => text(path))]),
  );
}

function text(path: Path): string {
  return ["spec", ...path].join(".");
}
