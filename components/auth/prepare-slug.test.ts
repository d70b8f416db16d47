import { expect, it } from "vitest";
import { prepareSlug } from "./prepare-slug";

it.each([
  ["Grocery forecast", "grocery-forecast"],
  ["2027: Café & Brot!", "cafe-brot"],
  ["***", ""],
])("%j becomes %j", (name, slug) => {
  expect(prepareSlug(name)).toBe(slug);
});
