/** A thing in a diagram. */
export interface Box {
  readonly id: string;
  /** What it says, line by line. */
  readonly lines: readonly string[];
  /** How it is drawn: what stores data as a cylinder, what is outside the plan as a rounded box. Default: a rectangle. */
  readonly shape?: "store" | "outside";
}

/** A frame around things. */
export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly members: readonly (Box | Frame)[];
}

/** An arrow from one thing or frame to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** What a diagram shows. */
export interface Diagram {
  readonly members: readonly (Box | Frame)[];
  readonly arrows: readonly Arrow[];
}

/** How many boxes of a frame stand side by side. */
const rowLength = 3;

/**
 * A Mermaid flowchart, as GitHub draws it. Frames without members are left out.
 *
 * @throws Error when an arrow starts or ends at something that the diagram does not show
 */
export function flowchart({ members, arrows }: Diagram): string {
  const drawn = members.flatMap(withContent);
  const known = new Set(drawn.flatMap(idsOf));
  const lines = arrows.map(({ from, to, label }) => {
    for (const end of [from, to]) {
      if (!known.has(end))
        throw new Error(`an arrow from ${from} to ${to}, but the diagram does not show ${end}`);
    }
    return `  ${identifier(from)} -->${label === undefined ? "" : `|${quoted(label)}|`} ${identifier(to)}`;
  });
  return ["flowchart LR", ...drawn.flatMap((member) => draw(member, "  ")), ...lines].join("\n");
}

/** Every box of a diagram, in all frames. */
export function boxesOf({ members }: Diagram): readonly Box[] {
  const inside = (member: Box | Frame): readonly Box[] =>
    "members" in member ? member.members.flatMap(inside) : [member];
  return members.flatMap(inside);
}

function withContent(member: Box | Frame): readonly (Box | Frame)[] {
  if (!("members" in member)) return [member];
  const members = member.members.flatMap(withContent);
  return members.length === 0 ? [] : [{ ...member, members }];
}

function idsOf(member: Box | Frame): readonly string[] {
  return [member.id, ...("members" in member ? member.members.flatMap(idsOf) : [])];
}

function draw(member: Box | Frame, indent: string): readonly string[] {
  const id = identifier(member.id);
  if (!("members" in member)) {
    const text = quoted(member.lines.join("<br>"));
    const shaped =
      member.shape === "store" ? `[(${text})]` : member.shape === "outside" ? `([${text}])` : `[${text}]`;
    return [`${indent}${id}${shaped}`];
  }
  return [
    `${indent}subgraph ${id}[${quoted(member.title)}]`,
    `${indent}  direction TB`,
    ...member.members.flatMap((inner) => draw(inner, `${indent}  `)),
    ...rowsOf(member).map((line) => `${indent}  ${line}`),
    `${indent}end`,
  ];
}

/** Mermaid puts all boxes without arrows into one row; invisible links break the row of a crowded frame. */
function rowsOf({ members }: Frame): readonly string[] {
  if (members.length <= rowLength || members.some((member) => "members" in member)) return [];
  return members
    .slice(rowLength)
    .map((member, index) => `${identifier(members[index]?.id ?? "")} ~~~ ${identifier(member.id)}`);
}

function identifier(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9]/g, "_");
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "#quot;")}"`;
}
