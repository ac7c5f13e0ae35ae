/** Whether a text is a date of the calendar, such as `2027-03-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Today's date in UTC, so that what has a last day ends at the same moment everywhere. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
