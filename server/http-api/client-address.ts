/** Where a request comes from, as the nearest proxy or Next itself says; "unknown" where nobody does. */
export const clientAddress = (headers: Headers): string =>
  headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
