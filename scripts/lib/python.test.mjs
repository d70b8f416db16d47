import { describe, expect, it } from "vitest";
import { readPipSettings } from "./python.mjs";

describe("readPipSettings", () => {
  it("reads the indexes, certificates and links that pip was told of", () => {
    const text = "global.cert='/etc/own.pem'\nglobal.index-url='https://packages.example/simple'\nglobal.timeout='60'\n";
    expect(readPipSettings(text)).toMatchObject({ cert: "/etc/own.pem", "index-url": "https://packages.example/simple" });
  });

  it("lets the environment win, in whatever order pip prints", () => {
    const lines = [":env:.index-url='https://env.example'", "global.index-url='https://file.example'"];
    expect(readPipSettings(lines.join("\n"))["index-url"]).toBe("https://env.example");
    expect(readPipSettings(lines.reverse().join("\n"))["index-url"]).toBe("https://env.example");
  });

  it("undoes Python's quoting", () => {
    expect(readPipSettings(String.raw`global.find-links='\nhttps://a.example\n/b c'`)["find-links"]).toBe("https://a.example\n/b c");
    expect(readPipSettings(String.raw`global.cert="/it's/here.pem"`).cert).toBe("/it's/here.pem");
  });

  it("passes over what it does not know, and what is empty", () => {
    expect(readPipSettings("WARNING: something\nglobal.index-url=''\n\n")).toEqual({});
  });
});
