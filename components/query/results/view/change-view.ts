import type { ResultFilter, ResultView } from "@/domain/query/result-view";

export const WHOLE_RESULT: ResultView = { sort: [], filters: [], search: "" };

export const isWholeResult = ({ sort, filters, search }: ResultView): boolean =>
  sort.length === 0 && filters.length === 0 && search === "";

const MOST_SORTS = 16;

/**
 * A press on a column's head: ascending, then descending, then as it came. `isMore` keeps the other columns, the new one
 * counts after them.
 */
export function cycleSort(view: ResultView, column: number, isMore: boolean): ResultView {
  const present = view.sort.find((sort) => sort.column === column);
  const others = isMore ? view.sort : view.sort.filter((sort) => sort.column === column);
  if (present === undefined) {
    return { ...view, sort: [...others, { column, descending: false }].slice(-MOST_SORTS) };
  }
  if (present.descending) return { ...view, sort: others.filter((sort) => sort.column !== column) };
  return { ...view, sort: others.map((sort) => (sort === present ? { column, descending: true } : sort)) };
}

export const sortBy = (view: ResultView, column: number, descending: boolean): ResultView => ({
  ...view,
  sort: [{ column, descending }],
});

/** One more condition; a column may have several. One that is there already is not put there twice. */
export function addFilter(view: ResultView, filter: ResultFilter): ResultView {
  const isThere = view.filters.some((other) => JSON.stringify(other) === JSON.stringify(filter));
  return isThere ? view : { ...view, filters: [...view.filters, filter] };
}

export const removeFilter = (view: ResultView, place: number): ResultView => ({
  ...view,
  filters: view.filters.toSpliced(place, 1),
});

export const removeSort = (view: ResultView, column: number): ResultView => ({
  ...view,
  sort: view.sort.filter((sort) => sort.column !== column),
});
