import type { Values } from "../providers/standin";
import { unknown } from "../providers/standin";
import { contains, overlaps, parseCidr } from "./cidr";
import { between, exactlyOne, ipv4Network, matches, oneOf, ordered } from "./rules";
import type { Rule } from "./table";

const place = { account: "123456789012", region: "us-east-1" };
const scaling = ordered("scaling", "min", "desired", "max");

test.each<[string, Rule, Values]>([
  ["a match", matches("name", /^a+$/, "only a"), { name: "aaa" }],
  ["a name that is not known yet", matches("name", /^a+$/, "only a"), { name: unknown }],
  ["one of the values", oneOf("kinds", ["a", "b"]), { kinds: ["b", "a"] }],
  ["both bounds", between("size", 1, 3), { size: [1, 3] }],
  ["sizes in order", scaling, { scaling: { min: 0, desired: 0, max: 3 } }],
  ["sizes of which one is not known", scaling, { scaling: { min: 3, desired: unknown, max: 3 } }],
  ["a network", ipv4Network("cidr", [16, 28]), { cidr: "10.20.0.0/16" }],
  ["one of two", exactlyOne("a", "b"), { b: false }],
])("a rule lets %s pass", (_, rule, inputs) => {
  expect(rule(inputs, place)).toEqual([]);
});

test.each<[string, Rule, Values, string]>([
  ["another name", matches("name", /^a+$/, "only a"), { name: "b" }, '"b" is not valid: only a'],
  ["another value", oneOf("kinds", ["a", "b"]), { kinds: ["a", "c"] }, '"c" is not one of: a, b'],
  ["a size too large", between("size", 1, 3, "nodes"), { size: 4 }, "4 is outside 1 to 3 nodes"],
  ["a size of zero", between("size", 1, 3), { size: 0 }, "0 is outside 1 to 3"],
  [
    "too few wanted",
    scaling,
    { scaling: { min: 2, desired: 1, max: 3 } },
    "min 2 can't be greater than desired 1",
  ],
  [
    "too many wanted",
    scaling,
    { scaling: { min: 1, desired: 5, max: 3 } },
    "desired 5 can't be greater than max 3",
  ],
  ["bounds crossed", scaling, { scaling: { min: 4, max: 3 } }, "min 4 can't be greater than max 3"],
  ["no network", ipv4Network("cidr"), { cidr: "10.20.0/16" }, "write an IPv4 address and a prefix length"],
  ["host bits", ipv4Network("cidr"), { cidr: "10.20.1.0/16" }, "host bits must be zero: 10.20.0.0/16"],
  ["a network too small", ipv4Network("cidr", [16, 28]), { cidr: "10.0.0.0/29" }, "/16 to /28"],
  ["an octet too large", ipv4Network("cidr"), { cidr: "10.256.0.0/16" }, "not a valid CIDR block"],
  ["both of two", exactlyOne("a", "b"), { a: 1, b: 2 }, "a and b are"],
  ["none of two", exactlyOne("a", "b"), {}, "none is"],
])("a rule catches %s", (_, rule, inputs, reason) => {
  expect(rule(inputs, place)).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining(reason) }),
  );
});

test.each([
  ["10.0.0.0/16", "10.0.255.0/24", true, true],
  ["10.0.0.0/24", "10.0.1.0/24", false, false],
  ["10.0.1.0/24", "10.0.0.0/16", false, true],
  ["0.0.0.0/0", "255.255.255.255/32", true, true],
])("%s and %s: contains %s, overlaps %s", (one, other, containing, overlapping) => {
  const [outer, inner] = [parseCidr(one), parseCidr(other)];
  expect(outer && inner && contains(outer, inner)).toBe(containing);
  expect(outer && inner && overlaps(outer, inner)).toBe(overlapping);
});
