import { causesOf } from "./causes";
import type { Violation } from "./events";
import type { ClusterSummary, Summary } from "./summary";

export interface SummaryText {
  /** Every name and reason, and not only how many there are. */
  readonly verbose: boolean;
  /** Where the summary has been written. */
  readonly file: string;
}

type Row = readonly [title: string, lines: readonly string[]];

/** How many names a line has before it says how many more there are. */
const shown = 3;

/** A release or manifest that was not available reports this itself; their number has a line of its own. */
const notInstalled = "recorded, not installed: ";

const pastTense: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  same: "as they were",
};

/**
 * The summary as people read it in the terminal: what changed, what is up and what is not, what to type next. A failed run ends
 * with its causes.
 */
export function renderSummary(summary: Summary, { verbose, file }: SummaryText): string {
  const list = (names: readonly string[]): string => (verbose ? names.join(", ") : shorten(names));
  const rows: readonly Row[] = [
    ["changes", [changesOf(summary)]],
    ["up", summary.clusters.map(clusterLine)],
    ["not up", summary.clusters.flatMap(faultLines)],
    ["charts", chartLines(summary, list)],
    ["secrets", secretLines(summary, list)],
    ["policies", policyLines(summary, verbose)],
    ["notes", summary.notes.filter((note) => verbose || !note.startsWith(notInstalled))],
    ["seconds", verbose ? [inline(summary.seconds)] : []],
    ["next", nextLines(summary)],
    ["details", [verbose ? file : `${file}, or with --verbose`]],
  ];
  return [outcome(summary), ...rows.flatMap(render), ...causes(summary)].join("\n");
}

function outcome({ stack, operation, succeeded, seconds }: Summary): string {
  const total = Object.values(seconds).length > 0 ? ` after ${Math.round(seconds.run ?? 0)} s` : "";
  return `${stack}: ${operation} ${succeeded ? "succeeded" : "failed"}${total}`;
}

function render([title, lines]: Row): readonly string[] {
  return lines
    .flatMap((line) => line.trim().split("\n"))
    .map((line, place) => `  ${(place === 0 ? title : "").padEnd(9)} ${line}`);
}

function changesOf({ changes, operation }: Summary): string {
  const parts = Object.entries(changes).map(([name, count]) => {
    const word = operation === "preview" && name !== "same" ? `to ${name}` : (pastTense[name] ?? name);
    return `${count} ${word}`;
  });
  return parts.length > 0 ? parts.join(", ") : "none";
}

function clusterLine(cluster: ClusterSummary): string {
  const { cloud, name, owned } = cluster;
  const stoodIn = total(cluster.stoodIn);
  return [
    `${cloud} ${name}${owned ? "" : " (another stack's)"}: nodes ${inline(cluster.nodes) || "none"}`,
    `pods ${inline(cluster.pods) || "none"}`,
    ...(stoodIn > 0 ? [`in place of what charts and operators make ${inline(cluster.stoodIn)}`] : []),
  ].join("; ");
}

function faultLines({ cloud, name, notReady, pods, stoodIn, awaited }: ClusterSummary): readonly string[] {
  const waiting = (pods.Pending ?? 0) + (stoodIn.Pending ?? 0);
  return [
    ...(notReady.length > 0 ? [`${cloud} ${name}: nodes not Ready: ${notReady.join(", ")}`] : []),
    ...(waiting > 0 ? [`${cloud} ${name}: ${waiting} pods are Pending`] : []),
    ...awaited.map((line) => `${cloud} ${name}: ${line}`),
  ];
}

function chartLines(
  { releases, clusters }: Summary,
  list: (names: readonly string[]) => string,
): readonly string[] {
  const { installed, recorded } = releases;
  const permissive = [...new Set(clusters.flatMap(({ permissiveDefinitions }) => permissiveDefinitions))];
  return [
    ...(installed.length > 0 ? [`${installed.length} installed: ${list(installed)}`] : []),
    ...(recorded.length > 0
      ? [
          `${recorded.length} recorded only, because the chart or manifest was not available: ${list(recorded)}. ` +
            "Give --charts <folder> to install them",
        ]
      : []),
    ...(permissive.length > 0
      ? [`${permissive.length} definitions of custom resources accept anything: ${list(permissive)}`]
      : []),
  ];
}

function secretLines(
  { placeholders }: Summary,
  list: (names: readonly string[]) => string,
): readonly string[] {
  if (placeholders.length === 0) return [];
  const count = placeholders.length === 1 ? "1 is a placeholder" : `${placeholders.length} are placeholders`;
  return [`${count}, for the stack file has none: ${list(placeholders)}`];
}

function policyLines({ violations, exemptions }: Summary, verbose: boolean): readonly string[] {
  const advice = violations.filter(({ enforcement }) => enforcement === "advisory");
  return [
    ...advice.map(({ policy, message }) => `${policy}: ${message}`),
    ...(verbose ? exemptions.map(exemptionText) : []),
    ...(!verbose && exemptions.length > 0 ? [`kinds of exemptions in force: ${exemptions.length}`] : []),
  ];
}

/** What is exempt, with its reasons: before them stands what the policy is for, the same each time. */
function exemptionText({ message }: Violation): string {
  const [what = "", ...more] = message.trim().split("\n");
  return more.length > 0 ? more.join("\n") : what;
}

function nextLines({ stack, operation, succeeded, clusters }: Summary): readonly string[] {
  if (!succeeded) return [];
  if (operation === "preview") return [`make up STACK=${stack}`];
  if (operation === "destroy") return [];
  return [
    ...clusters.map(({ kubeconfig }) => `KUBECONFIG=${kubeconfig} kubectl get pods --all-namespaces`),
    `make validate STACK=${stack}`,
  ];
}

function causes({ succeeded, errors, violations }: Summary): readonly string[] {
  if (succeeded) return [];
  return causesOf(errors, violations).map((cause) => `error: ${cause}`);
}

function shorten(names: readonly string[]): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(", ")} and ${more} more` : names.join(", ");
}

function total(numbers: Readonly<Record<string, number>>): number {
  return Object.values(numbers).reduce((sum, count) => sum + count, 0);
}

function inline(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
