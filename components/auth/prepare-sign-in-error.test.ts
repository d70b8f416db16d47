import { describe, expect, it } from "vitest";
import { refusalOf } from "@/components/session/session-requests";
import { prepareSignInError } from "./prepare-sign-in-error";

describe("prepareSignInError", () => {
  it("puts the codes of next-auth in words and keeps Benchwright's own sentences", () => {
    expect(prepareSignInError("OAuthCallback")).toMatch(/identity provider/);
    expect(prepareSignInError("You are not invited. Ask an admin.")).toBe(
      "You are not invited. Ask an admin.",
    );
    expect(prepareSignInError("SomethingNew")).toBe("Signing in failed. Try again.");
    expect(prepareSignInError(null)).toBeNull();
  });
});

describe("refusalOf", () => {
  it("is null where the person is signed in", () => {
    expect(refusalOf(200, "http://127.0.0.1:3000/")).toBeNull();
  });

  it("tells a wrong password from too many attempts and from a dead server", () => {
    const url = "http://127.0.0.1/sign-in?error=No%20match.";
    expect(refusalOf(401, url)).toEqual({ code: "unauthenticated", message: "No match.", hint: null });
    expect(refusalOf(429, url)?.code).toBe("rate_limited");
    expect(refusalOf(502, undefined)?.code).toBe("network");
  });
});
