import { usablePlugins } from "./usable-plugins";

async function usable(official: readonly string[], { charts = false, online = false } = {}) {
  const said: string[] = [];
  const warn = (line: string): void => {
    said.push(line);
  };
  const plugins = await usablePlugins(official, charts, { warn }, async () => online);
  return { plugins, said };
}

test("without a network the kubernetes plugin gives way to its stand-in, and the run says so", async () => {
  const { plugins, said } = await usable(["kubernetes", "random"]);
  expect(plugins).toEqual(["random"]);
  expect(said).toEqual([
    expect.stringContaining("there is no network to fetch charts from: its stand-in serves"),
  ]);
});

test.each([
  ["a network", { online: true }],
  ["a folder of charts", { charts: true }],
])("with %s it serves", async (_, world) => {
  expect(await usable(["kubernetes", "random"], world)).toEqual({
    plugins: ["kubernetes", "random"],
    said: [],
  });
});

test("what fetches nothing needs no network", async () => {
  expect(await usable(["random"])).toEqual({ plugins: ["random"], said: [] });
});
