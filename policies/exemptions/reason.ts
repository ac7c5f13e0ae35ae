/** Words without meaning, or that only postpone a reason. */
const fillers = new Set(
  (
    "a all allow allowed also an and any approved are as asap at be because been business but by can cannot check discussed do does done exception " +
    "exempt exempted exemption fine fix fixed fixme for from have here i ignore in is it its just later legacy me must n/a na need needed needs no none not now " +
    "of ok okay on only or per permanent please policy pls reason reasons required requirement sorry soon supress suppress tbd temp temporarily temporary test testing that " +
    "the then there this ticket to todo until us wait was we will wip with works xxx yes you"
  ).split(" "),
);

/** Whether a reason is meaningful: at least three words, two of them different and not fillers. */
export function saysSomething(reason: string): boolean {
  const words = reason.toLowerCase().match(/[\p{L}\p{N}/'.-]*\p{L}[\p{L}\p{N}/'.-]*/gu) ?? [];
  const telling = new Set(
    words.filter((word) => word.length > 2 && !fillers.has(word) && !/(.)\1\1/.test(word)),
  );
  return words.length >= 3 && telling.size >= 2;
}
