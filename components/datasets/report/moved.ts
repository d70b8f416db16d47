/** The list with the item at `place` moved by so many places, as far as it goes. */
export function moved<T>(items: T[], place: number, by: number): T[] {
  const rest = items.filter((_, index) => index !== place);
  const target = Math.max(0, Math.min(rest.length, place + by));
  return [...rest.slice(0, target), ...items.slice(place, place + 1), ...rest.slice(target)];
}
