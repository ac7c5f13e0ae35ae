/** The three sizes at which everything is counted: with all autoscalers at their minimum, as born, and at their maximum. */
export const levels = ["minimum", "desired", "maximum"] as const;

export type Level = (typeof levels)[number];

/** A number at each of the three sizes. */
export type AtLevels<Value = number> = Readonly<Record<Level, Value>>;

export function atLevels<Value>(of: (level: Level) => Value): AtLevels<Value> {
  return { minimum: of("minimum"), desired: of("desired"), maximum: of("maximum") };
}

/** The same number at every size. */
export function always(count: number): AtLevels {
  return { minimum: count, desired: count, maximum: count };
}
