import { expect, it } from "vitest";
import { countJunit, settle } from "./suites.mjs";

it("counts what a JUnit report says", () => {
  const xml = '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10"></testsuite></testsuites>';
  expect(countJunit(xml)).toEqual({ passed: 6, failed: 3 });
});

it("counts a suite that broke off as a failure", () => {
  expect(settle(1, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
});
