import { describe, expect, it } from "vitest";
import { withSessionSettings } from "./session-settings";

const optionsOf = (url: string) => new URL(url).searchParams.get("options");

describe("withSessionSettings", () => {
  it("sets what DBOS would, beside what the URL says", () => {
    const url = withSessionSettings("postgresql://u:p@h:1/d?options=-c%20search_path%3Dx&sslmode=require");
    expect(optionsOf(url)).toBe("-c search_path=x -c idle_in_transaction_session_timeout=60000");
    expect(new URL(url).searchParams.get("sslmode")).toBe("require");
  });

  it("leaves a URL that sets it itself", () => {
    const url = "postgresql://u:p@h:1/d?options=-c%20idle_in_transaction_session_timeout%3D5";
    expect(withSessionSettings(url)).toBe(url);
  });
});
