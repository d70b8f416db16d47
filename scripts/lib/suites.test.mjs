import path from "node:path";
import { expect, it } from "vitest";
import { root } from "./folders.mjs";
import { readJunit, readPlaywright, readVitest, settle } from "./suites.mjs";

it("reads what a JUnit report says", () => {
  const cases = [
    '<testcase classname="tests.test_a" name="test_fine"></testcase>',
    '<testcase classname="tests.test_a" name="test_one[&lt;x&gt;]"><failure message="assert 1 &lt; 0&#10; where">at a</failure></testcase>',
    '<testcase classname="tests.test_b" name="test_two"><error message="no server">at b</error></testcase>',
  ];
  const xml = `<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="10">${cases.join("")}</testsuite></testsuites>`;
  const read = readJunit(xml);
  expect(read.passed).toBe(7);
  expect(read.failures).toEqual(["tests.test_a::test_one[<x>]\n    assert 1 < 0\n     where", "tests.test_b::test_two\n    no server"]);
});

it("reads what vitest says of tests, and of a file that failed before them", () => {
  const file = (name, status, assertionResults) => ({ name: path.join(root, name), status, message: "Cannot find module", assertionResults });
  const red = { status: "failed", fullName: "adds numbers", failureMessages: ["\u001b[31mexpected 1 to be 2\u001b[39m\n    at here"] };
  const report = { numPassedTests: 4, testResults: [file("a.test.ts", "failed", [red, { status: "passed", fullName: "fine" }]), file("b.test.ts", "failed", [])] };
  expect(readVitest(report)).toEqual({
    passed: 4,
    failures: ["a.test.ts > adds numbers\n    expected 1 to be 2\n        at here", "b.test.ts\n    Cannot find module"],
  });
});

it("reads what Playwright says of nested suites", () => {
  const spec = { file: "a.spec.ts", line: 3, title: "opens", tests: [{ status: "unexpected", results: [{ error: { message: "no page" } }] }] };
  const fine = { file: "a.spec.ts", line: 9, title: "closes", tests: [{ status: "expected", results: [{}] }] };
  const report = { stats: { expected: 1, flaky: 0 }, errors: [], suites: [{ specs: [fine], suites: [{ specs: [spec] }] }] };
  expect(readPlaywright(report)).toEqual({ passed: 1, failures: ["a.spec.ts:3 > opens\n    no page"] });
});

it("counts a suite that broke off as a failure", () => {
  for (const nothing of [readVitest(undefined), readJunit(""), readPlaywright(undefined)])
    expect(settle("lake", 1, nothing)).toEqual({ passed: 0, failures: ["lake: ended with status 1 and named no test"] });
});
