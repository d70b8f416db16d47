/** Who wrote a table, as its history tells it. */
export const writtenBy = (id: string): string => `query ${id}`;
