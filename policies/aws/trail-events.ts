import { at, items, unknown, type Value } from "../value";

/** Management events that a trail certainly leaves out. */
export interface Lack {
  /** `management reads`, `management writes`, or the events of one service. */
  readonly events: string;
  readonly remedy: string;
}

/** What one selector certainly leaves out of the management events. */
interface Omission {
  readonly reads: boolean;
  readonly writes: boolean;
  /** Services whose events it leaves out. */
  readonly sources: readonly string[];
}

const everything: Omission = { reads: true, writes: true, sources: [] };
const nothing: Omission = { reads: false, writes: false, sources: [] };

/** The management events that no selector of a trail records; none when it may record all. */
export function lacksOf(properties: Value): readonly Lack[] {
  const basic = at(properties, "eventSelectors");
  const advanced = at(properties, "advancedEventSelectors");
  if ([properties, basic, advanced].includes(unknown)) return [];
  const isAdvanced = items(advanced).length > 0;
  const omissions = isAdvanced ? items(advanced).map(ofAdvanced) : items(basic).map(ofBasic);
  if (omissions.length === 0) return [];
  const remedy = isAdvanced
    ? "add one of advancedEventSelectors whose only field is eventCategory, equal to Management"
    : "set readWriteType to All and includeManagementEvents to true in one of eventSelectors";
  const kinds = (["reads", "writes"] as const).filter((kind) => omissions.every((one) => one[kind]));
  const recording = omissions.filter(({ reads, writes }) => !(reads && writes));
  const [first] = recording;
  const sources = first?.sources.filter((source) => recording.every((one) => one.sources.includes(source)));
  return [
    ...kinds.map((kind) => ({ events: `management ${kind}`, remedy })),
    ...(sources ?? []).map((source) => ({
      events: `the events of ${source}`,
      remedy: isAdvanced ? "remove it from notEquals" : "remove it from excludeManagementEventSources",
    })),
  ];
}

/** Whether a trail may record such events, as `lacksOf` calls them. */
export function mayRecord(properties: Value, events: string): boolean {
  const lacks = lacksOf(properties);
  const isSilent = lacks.filter((lack) => lack.events.startsWith("management ")).length === 2;
  return !isSilent && !lacks.some((lack) => lack.events === events);
}

function ofBasic(selector: Value): Omission {
  if (at(selector, "includeManagementEvents") === false) return everything;
  const kind = at(selector, "readWriteType");
  return {
    reads: kind === "WriteOnly",
    writes: kind === "ReadOnly",
    sources: textsIn(at(selector, "excludeManagementEventSources")),
  };
}

function ofAdvanced(selector: Value): Omission {
  const fields = at(selector, "fieldSelectors");
  if (selector === unknown || fields === unknown) return nothing;
  return items(fields).map(ofField).reduce(both, nothing);
}

function both(left: Omission, right: Omission): Omission {
  return {
    reads: left.reads || right.reads,
    writes: left.writes || right.writes,
    sources: [...left.sources, ...right.sources],
  };
}

function ofField(selector: Value): Omission {
  const field = at(selector, "field");
  const equals = at(selector, "equals");
  if (selector === unknown || field === unknown || items(equals).includes(unknown)) return nothing;
  if (field === "eventCategory") {
    return equals === unknown || items(equals).includes("Management") ? nothing : everything;
  }
  if (field === "readOnly") {
    const allowed = items(equals).map(String);
    if (equals === unknown) return nothing;
    return { reads: !allowed.includes("true"), writes: !allowed.includes("false"), sources: [] };
  }
  const except = at(selector, "notEquals");
  if (field === "eventSource" && except !== undefined) return { ...nothing, sources: textsIn(except) };
  return everything;
}

function textsIn(list: Value | undefined): readonly string[] {
  return items(list).flatMap((one) => (typeof one === "string" ? [one] : []));
}
