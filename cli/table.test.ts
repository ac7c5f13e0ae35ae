import { markdownTable, textTable } from "./table";

test("columns of text are as wide as their widest cell, and no line ends with spaces", () => {
  const text = textTable([
    ["drill", "result", "took"],
    ["drain", "passed", "3 s"],
    ["zone-outage", "FAILED", ""],
  ]);
  expect(text.split("\n")).toEqual([
    "drill        result  took",
    "drain        passed  3 s",
    "zone-outage  FAILED",
  ]);
});

test("a bar in a cell of a Markdown table ends no cell", () => {
  const text = markdownTable([
    ["Key", "Allowed"],
    ["cloud", "aws | linode"],
  ]);
  expect(text.split("\n")).toEqual(["| Key | Allowed |", "| --- | --- |", "| cloud | aws \\| linode |"]);
});
