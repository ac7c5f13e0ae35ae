/**
 * Lines of the engine's that show its steps. What it prints after them (policies, diagnostics, counts) comes as events, too,
 * and is told in the summary, and what it prints meanwhile only shows that it is alive.
 */
export class EngineLines {
  private rest = "";
  private ended = false;

  constructor(private readonly write: (text: string) => void) {}

  readonly take = (text: string): void => {
    const lines = `${this.rest}${text}`.split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.takeLine(line);
  };

  private takeLine(line: string): void {
    const text = withoutColour(line);
    this.ended ||= /^(Policies|Diagnostics|Resources):$/.test(text);
    if (this.ended || text.trim() === "" || isOnlyAlive(text)) return;
    this.write(`${line}\n`);
  }
}

/** A step that has begun is told again when it ends; what it waits for meanwhile is worth a line. */
function isOnlyAlive(line: string): boolean {
  return (
    /^@ \w+\.+$/.test(line) ||
    /^Loading policy packs/.test(line) ||
    /^ *[-+~]+ .* (creating|updating|deleting|replacing|refreshing) \(\d+s\)(?! waiting:)/.test(line)
  );
}

export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}
