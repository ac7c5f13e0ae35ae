/** How far a tool is on its way. */
export type Stage = "waiting" | "under way" | "there" | "failed";

interface Row {
  readonly title: string;
  /** Seconds that it is expected to take. */
  readonly expected: number;
  stage: Stage;
  text: string;
  since: number;
}

/** How far the tools are that a run waits for: one line each, and one for all of them. */
export class Progress {
  private readonly rows: readonly Row[];
  private readonly started: number;

  /** @param tools in the order in which they are worked on, each with the seconds that it is expected to take */
  constructor(
    tools: readonly { readonly title: string; readonly expected: number }[],
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.started = now();
    this.rows = tools.map((tool) => ({ ...tool, stage: "waiting", text: "", since: 0 }));
  }

  /** Places of the tools, from 0. */
  get places(): readonly number[] {
    return this.rows.map((_, place) => place);
  }

  get count(): number {
    return this.rows.length;
  }

  /** Says how far the tool at the place is, counted from 0; `text` says what is done with it. */
  set(place: number, stage: Stage, text: string): void {
    const row = this.row(place);
    if (row.stage !== "under way") row.since = this.now();
    Object.assign(row, { stage, text });
  }

  stage(place: number): Stage {
    return this.row(place).stage;
  }

  /** `[2/8] kube-apiserver 1.35.4: 1204 of 2013 packages compiled, 2 min 10 s` */
  line(place: number): string {
    const { title, stage, text, since } = this.row(place);
    const time = stage === "under way" ? [inWords(this.now() - since)] : [];
    const rest = [...(text === "" ? [] : [text]), ...time].join(", ");
    return `[${place + 1}/${this.count}] ${title}${rest === "" ? "" : `: ${rest}`}`;
  }

  /** `Tools: 3 of 8 there after 4 min 10 s, about 5 min left` */
  summary(): string {
    const there = this.rows.filter(({ stage }) => stage === "there").length;
    const time = inWords(this.now() - this.started);
    const left = there === this.count ? "" : `, ${this.left()} left`;
    return `Tools: ${there} of ${this.count} there after ${time}${left}`;
  }

  /** How long the rest takes on a machine with two cores: `about 5 min`. */
  left(): string {
    const seconds = this.rows.map(({ stage, expected, since }) => {
      if (stage === "waiting") return expected;
      return stage === "under way" ? Math.max(expected - (this.now() - since), 0) : 0;
    });
    const minutes = Math.ceil(seconds.reduce((sum, each) => sum + each, 0) / 60);
    return minutes === 0 ? "less than a minute" : `about ${minutes} min`;
  }

  private row(place: number): Row {
    const row = this.rows[place];
    if (row === undefined) throw new Error(`there is no tool ${place}, but ${this.count} from 0`);
    return row;
  }
}

/** `2 min 10 s` */
export function inWords(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
