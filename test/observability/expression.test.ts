import { judge, type Series } from "./expression";

const series: Readonly<Record<string, Series>> = {
  memory_alarm: { type: "gauge", labels: ["namespace", "pod"] },
  disk_alarm: { type: "gauge", labels: ["namespace", "pod"] },
  errors_total: { type: "counter", labels: ["namespace", "pod", "status"] },
  requests_total: { type: "counter", labels: ["namespace", "pod", "status"] },
  last_error: { type: "gauge", labels: ["card", "code"], moving: ["code"] },
  expires: { type: "gauge", labels: ["name"], zeroIsNone: true },
  seconds_bucket: { type: "histogram", labels: ["pod", "le"] },
};

const judged = (expression: string) => judge(expression, (metric) => series[metric]);

test.each([
  ["nonsense > 0", "nothing yields nonsense"],
  ['memory_alarm{queue="a"} > 0', "memory_alarm has no label queue"],
  ["sum by (queue) (memory_alarm) > 0", "grouped by queue, which is not there"],
  ["max by (pod) (memory_alarm or disk_alarm) > 0", "or takes nothing from its right side"],
  ["changes(last_error[30m]) > 0", "changes() is always 0"],
  ["rate(memory_alarm[5m]) > 0", "memory_alarm is a gauge"],
  ["delta(errors_total[5m]) > 0", "errors_total is a counter"],
  ["min by (name) (expires) - time() < 60", "is 0 where there is none"],
  ["sum by (pod) (errors_total) / sum by (namespace) (requests_total)", "the sides never match"],
  ["errors_total / on (queue) requests_total", "matched on queue, which one side lacks"],
  ["histogram_quantile(0.95, sum by (pod) (rate(seconds_bucket[5m])))", "histogram_quantile() needs le"],
  ['label_replace(memory_alarm, "a", "$1", "queue", "(.+)")', "label_replace() reads queue"],
])("%s is refused", (expression, reason) => {
  expect(judged(expression).faults).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ["max by (pod) (memory_alarm) > 0 or max by (pod) (disk_alarm) > 0", ["pod"]],
  [
    "max by (card, code) (last_error) > 0 unless max by (card, code) (last_error offset 30m) > 0",
    ["card", "code"],
  ],
  ["min by (name) (expires > 0) - time() < 60", ["name"]],
  ["sum by (pod) (rate(errors_total[5m])) / (sum by (pod) (rate(requests_total[5m])) > 0) > 0.1", ["pod"]],
  ["histogram_quantile(0.95, sum by (pod, le) (rate(seconds_bucket[5m])))", ["pod"]],
  [
    'absent(memory_alarm{namespace="a"}) or sum by (namespace) (memory_alarm{namespace="a"}) == 0',
    ["namespace"],
  ],
  ['label_replace(max by (pod) (memory_alarm), "name", "$1", "pod", "(.+)")', ["pod", "name"]],
])("%s is as it should be, and yields its labels", (expression, labels) => {
  expect(judged(expression)).toEqual({ labels, faults: [] });
});
