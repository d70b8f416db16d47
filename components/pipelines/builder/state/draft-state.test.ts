import { expect, it } from "vitest";
import type { Operation } from "@/domain/pipelines/edit/operation";
import { type DraftState, draftReducer, startDraft } from "./draft-state";

const TEXT = `{
  "pipeline_id": "p",
  "name": "P",
  // kept
  "tasks": [
    { "task_id": "a", "type": "http", "config": { "url": "https://a.example", "method": "GET" } },
    { "task_id": "b", "type": "http", "config": { "url": "https://b.example", "method": "GET" } }
  ]
}
`;

const start = () => startDraft({ text: TEXT, revision: 3 });
const perform = (state: DraftState, operation: Operation, atMs = 0) =>
  draftReducer(state, { type: "perform", operation, atMs });
const setUrl = (value: string): Operation => ({ kind: "set_config", id: "a", pointer: "/url", value });

it("undoes what was typed into one field at once, and a later change by itself", () => {
  let state = perform(start(), setUrl("h"), 1_000);
  state = perform(state, setUrl("ht"), 1_200);
  state = perform(state, setUrl("htt"), 1_400);
  state = perform(state, setUrl("late"), 9_000);
  state = draftReducer(state, { type: "undo" });
  expect(state.history.text).toContain('"url": "htt"');
  state = draftReducer(state, { type: "undo" });
  expect(state.history.text).toBe(TEXT);
});

it("takes in what another author saved, below one's own steps", () => {
  let state = perform(start(), setUrl("mine"));
  const theirs = TEXT.replace("https://b.example", "https://theirs.example");
  state = draftReducer(state, { type: "took_in", stored: { text: theirs, revision: 4 } });
  expect(state.conflicts).toBeNull();
  expect(state.history.text).toContain("mine");
  expect(state.history.text).toContain("theirs.example");
  state = draftReducer(state, { type: "undo" });
  expect(state.history.text).toBe(theirs);
});

it("names the place that two authors changed, and lets one of the two stand", () => {
  let state = perform(start(), setUrl("mine"));
  const theirs = TEXT.replace("https://a.example", "theirs");
  state = draftReducer(state, { type: "took_in", stored: { text: theirs, revision: 4 } });
  expect(state.conflicts?.places.map(({ task }) => task)).toEqual(["a"]);
  expect(state.history.text).toContain("mine");

  const mine = draftReducer(state, { type: "settled", whose: "mine" });
  expect(mine).toMatchObject({ conflicts: null, saved: theirs, revision: 4 });
  expect(mine.history.text).toContain("mine");

  const other = draftReducer(state, { type: "settled", whose: "theirs" });
  expect(other.history.text).toBe(theirs);
  expect(draftReducer(other, { type: "undo" }).history.text).toContain("mine");
});

it("leaves the text alone and says why, where an act is refused", () => {
  const state = perform(start(), { kind: "connect", from: "a", to: "nobody" });
  expect(state.history.text).toBe(TEXT);
  expect(state.refused?.message).toContain("nobody");
});

it("passes over what is older than what it knows", () => {
  const state = start();
  expect(draftReducer(state, { type: "took_in", stored: { text: "{}", revision: 2 } })).toBe(state);
});
