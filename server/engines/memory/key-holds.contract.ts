import { describeKeyHoldsContract } from "../../../domain/ports/key-holds.contract";
import { memoryKeyHolds } from "./key-holds";

describeKeyHoldsContract("memory", async () => {
  const held = new Set<string>();
  return { one: memoryKeyHolds(held), other: memoryKeyHolds(held) };
});
