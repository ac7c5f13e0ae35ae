import { nodeDisk } from "./node-disk";

test.each([
  [[], "128Mi", "1Gi"],
  [["256Mi"], "384Mi", "1280Mi"],
  [["4Gi", "256Mi"], "4480Mi", "5376Mi"],
  [["896Mi"], "1Gi", "1920Mi"],
])("scratch of %j is promised and allowed beside what every container has", (scratch, requests, limits) => {
  expect(nodeDisk(...scratch)).toEqual({
    requests: { "ephemeral-storage": requests },
    limits: { "ephemeral-storage": limits },
  });
});

test("what is no size is refused", () => {
  expect(() => nodeDisk("plenty")).toThrow('"plenty" is not a quantity; an example is "10Gi"');
});
