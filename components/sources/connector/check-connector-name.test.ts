import { describe, expect, it } from "vitest";
import { checkConnectorName } from "./check-connector-name";

describe("checkConnectorName", () => {
  it("takes the names of connectors", () => {
    expect(checkConnectorName("source-google-analytics-data-api")).toBeNull();
  });

  it.each([
    ["airbyte-source-stripe", "source-stripe"],
    ["Stripe API", "source-stripe-api"],
    ["source_faker", "source-faker"],
  ])("proposes a name for %s", (text, name) => {
    expect(checkConnectorName(text)).toContain(`such as ${name}.`);
  });

  it("proposes nothing where there is nothing to go by", () => {
    expect(checkConnectorName("")).toContain("source-stripe");
    expect(checkConnectorName("€")).not.toContain("such as");
  });
});
