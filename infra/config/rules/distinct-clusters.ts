import { formatCidr, overlaps, parseCidr } from "../../../primitives/cidr";
import type { Fault } from "../fault";
import { type Draft, viewsOf } from "./rule";

type Views = ReturnType<typeof viewsOf>;

/** Clusters of one stack do not take each other's names, networks and accounts. */
export function distinctClusters(draft: Draft): readonly Fault[] {
  const views = viewsOf(draft);
  return [...sameValues(views), ...sameNetworks(views), ...otherAccounts(views)];
}

/** What has one name in an account, or in the world, cannot be two clusters'. */
function sameValues(views: Views): readonly Fault[] {
  const taken = new Map<string, string>();
  return views.flatMap(({ name, view }) =>
    view.unique.flatMap(({ path, what, value, example }) => {
      const owner = taken.get(`${what} ${value}`);
      if (owner === undefined || owner === name) {
        taken.set(`${what} ${value}`, name);
        return [];
      }
      return [
        {
          path: ["clusters", name, ...path],
          found: JSON.stringify(value),
          problem: `the cluster ${owner} has this ${what} already`,
          allowed: "one that no other cluster of the stack has",
          example: JSON.stringify(example),
        },
      ];
    }),
  );
}

/** Overlapping networks can never be joined, and an address would not tell whose it is. */
function sameNetworks(views: Views): readonly Fault[] {
  const networks = views.flatMap(({ name, view }) => view.networks.map((network) => ({ name, ...network })));
  const known = networks.flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  return networks.flatMap(({ name, path, cidr }, index) => {
    const range = parseCidr(cidr);
    const other = networks.slice(0, index).find((before) => {
      const earlier = parseCidr(before.cidr);
      return before.name !== name && range && earlier && overlaps(range, earlier);
    });
    if (other === undefined) return [];
    const free = candidates.find((candidate) => !known.some((taken) => overlaps(candidate, taken)));
    return [
      {
        path: ["clusters", name, ...path],
        found: JSON.stringify(cidr),
        problem: `${cidr} overlaps ${other.cidr}, the network of the cluster ${other.name}: the two could never be joined`,
        allowed: "a network that overlaps no other cluster's",
        ...(free && { example: JSON.stringify(formatCidr(free)) }),
      },
    ];
  });
}

/** Networks to propose: 10.20.0.0/16 and those after it. */
const candidates = Array.from({ length: 200 }, (_, index) => ({
  base: (10 * 256 + 20 + index) * 65_536,
  prefix: 16,
}));

/** One run of the program has the credentials of one account. */
function otherAccounts(views: Views): readonly Fault[] {
  const [first, ...others] = views.flatMap(({ name, view }) =>
    view.account === undefined ? [] : [{ name, ...view.account }],
  );
  return others
    .filter(({ id }) => id !== first?.id)
    .map(({ name, path, id }) => ({
      path: ["clusters", name, ...path],
      found: JSON.stringify(id),
      problem: `the cluster ${first?.name} is in another account, and a run has the credentials of one; a stack for each account has its own`,
      allowed: JSON.stringify(first?.id),
    }));
}
