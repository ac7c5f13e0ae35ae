import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compareVersions } from "../../toolchain/installed";
import { goModules, requiredGo } from "../../toolchain/modules";

const repository = join(__dirname, "..", "..");
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
const makefile = readFileSync(join(repository, "Makefile"), "utf8");

/** Every page of the repository, by its path, as its author wrote it. */
const pages = new Map(
  ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...pagesBelow("docs")].map((path) => [
    path,
    readFileSync(join(repository, path), "utf8"),
  ]),
);

const anchors = new Map([...pages].map(([path, text]) => [path, anchorsOf(text)]));

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesBelow(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** What a page says outside its blocks of code, in which nothing is a heading. */
function prose(text: string): string {
  return text.replaceAll(/^( *)(`{3,}).*\n(?:.*\n)*?\1\2 *$/gm, "");
}

/** The anchors that GitHub gives to a page's headings, and those that the page sets itself. */
function anchorsOf(text: string): readonly string[] {
  const own = [...prose(text).matchAll(/<a id="([\w-]+)">/g)].map(([, id = ""]) => id);
  return [...own, ...headingAnchors(text)];
}

function headingAnchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\- _]/gu, "").replaceAll(" ", "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** What is wrong with a link of a page; undefined when nothing is. */
function fault(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(repository, join(repository, dirname(page), path));
  if (!existsSync(join(repository, target))) return `${link}: there is no ${target}`;
  return anchor === undefined || (anchors.get(target)?.includes(anchor) ?? true)
    ? undefined
    : `${link}: ${target} has no such heading`;
}

describe.each([...pages])("%s", (page, text) => {
  test("links to what is there", () => {
    const links = [
      ...prose(text)
        .replaceAll(/`[^`\n]*`/g, "")
        .matchAll(/\]\(([^)\s]+)\)/g),
    ].map(([, link = ""]) => link);
    const own = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(own.flatMap((link) => fault(page, link) ?? [])).toEqual([]);
  });

  test("names files and folders that are there", () => {
    const folders = readdirSync(repository, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const roots = folders
      .map(({ name }) => name)
      .filter((name) => !["build", "node_modules", ".git"].includes(name));
    const named = [...prose(text).matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = ""]) => path);
    const own = named.filter((path) => roots.some((root) => path.startsWith(`${root}/`)));
    expect(own.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  test("names commands that are there", () => {
    const scripts = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)(.*)/g)].filter(
      ([, , rest = ""]) => !rest.startsWith(" --workspace"),
    );
    expect(
      scripts.map(([, name = ""]) => name).filter((name) => manifest.scripts[name] === undefined),
    ).toEqual([]);
    const targets = [...text.matchAll(/(?:^|`)make ([a-z]+)/gm)].map(([, name = ""]) => name);
    expect(targets.filter((name) => !new RegExp(`^\\.PHONY:.* ${name}\\b`, "m").test(makefile))).toEqual([]);
  });
});

describe("README.md", () => {
  const text = pages.get("README.md") ?? "";

  test("says what it is, the two commands and the systems it runs on, shows it, then how to go to real clouds", () => {
    const order = [
      "# ai-platform",
      "make up ",
      "make test ",
      "macOS",
      "docs/report.svg",
      "```mermaid",
      "## Go to real clouds",
      "pulumi up ",
    ];
    const places = order.map((what) => text.indexOf(what));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });

  test("shows picture, commands and systems within the first 60 lines", () => {
    const [first = ""] = text.split("```mermaid");
    expect(first.split("\n").length).toBeLessThanOrEqual(60);
  });

  test("leads to every page of docs and to contributing", () => {
    const own = [...pages.keys()].filter((path) => /^docs\/[^/]+\.md$/.test(path));
    expect(["CONTRIBUTING.md", ...own].filter((path) => !text.includes(`](${path})`))).toEqual([]);
  });

  test("asks for the Node that the package does, and for a Go that builds every tool", () => {
    expect(text).toContain(`Node ${manifest.engines.node.replace(">=", "")} or newer`);
    const [newest] = goModules.map(requiredGo).toSorted((one, other) => compareVersions(other, one));
    expect(text).toContain(`Go ${newest?.replace(/\.0$/, "")} or newer`);
  });
});

describe("a page", () => {
  test("has the anchors that GitHub gives its headings", () => {
    const text =
      '# One `two`: three\n\n- <a id="own"></a>A row.\n\n```sh\n# a comment\n```\n\n## [A link](x.md), v1.2\n\n## Same\n## Same\n';
    expect(anchorsOf(text)).toEqual(["own", "one-two-three", "a-link-v12", "same", "same-1"]);
  });

  test("has a fault where a link leads nowhere", () => {
    expect(fault("docs/sandbox.md", "nowhere.md")).toBe("nowhere.md: there is no docs/nowhere.md");
    expect(fault("docs/sandbox.md", "../README.md#nowhere")).toContain("has no such heading");
    expect(fault("docs/sandbox.md", "../README.md#try-it")).toBeUndefined();
    expect(fault("docs/sandbox.md", "#options")).toBeUndefined();
  });
});
