import { describe, expect, it } from "vitest";
import { fillSecrets } from "./fill-secrets";
import { findSecretReferences } from "./find-secret-references";
import { maskDeep, maskSecrets, secretTexts } from "./mask-secrets";

const ref = (name: string) => `\${${name}}`;

describe("references to secrets", () => {
  it("are found wherever a text is, with their place, and filled there", () => {
    const config = { a: [{ "b/c": `Bearer ${ref("T")}:${ref("U")}` }], d: ref("T"), n: 1, e: null };
    expect(findSecretReferences(config)).toEqual([
      { name: "T", pointer: "/a/0/b~1c" },
      { name: "U", pointer: "/a/0/b~1c" },
      { name: "T", pointer: "/d" },
    ]);
    expect(
      fillSecrets(
        config,
        new Map([
          ["T", "x"],
          ["U", "$&"],
        ]),
      ),
    ).toEqual({
      a: [{ "b/c": "Bearer x:$&" }],
      d: "x",
      n: 1,
      e: null,
    });
  });

  it("are plain text behind a second dollar sign", () => {
    expect(findSecretReferences(`$${ref("A")}`)).toEqual([]);
    expect(fillSecrets(`$${ref("A")}`, new Map())).toBe(ref("A"));
  });

  it("are not looked for inside of a secret", () => {
    expect(fillSecrets(ref("A"), new Map([["A", ref("B")]]))).toBe(ref("B"));
  });

  it("name what is missing", () => {
    expect(() => fillSecrets(ref("GONE"), new Map())).toThrow(/GONE is not set/);
  });
});

describe("masking", () => {
  it("hides every spelling of a secret", () => {
    const secret = 'pa"ss/wörd';
    const hidden = secretTexts([secret]);
    for (const text of [secret, JSON.stringify({ secret }), `https://u:${encodeURIComponent(secret)}@h`]) {
      const masked = maskSecrets(text, hidden);
      expect(masked).toContain("******");
      expect(masked).not.toMatch(/wörd|w%C3%B6rd/);
    }
  });

  it("hides the secret parts of a key file, and keeps its other parts", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEF\n-----END KEY-----\n";
    const hidden = secretTexts([JSON.stringify({ client_email: "a@b.org", private_key: key })]);
    const log = `key ${key} of a@b.org; line MIIEvQIBADANBgkq; json ${JSON.stringify(key)}`;
    const masked = maskSecrets(log, hidden);
    expect(masked).not.toContain("MIIEvQIBADANBgkq");
    expect(masked).not.toContain("hkiG9w0BAQEF");
    expect(masked).toContain("a@b.org");
  });

  it("hides the longer of two secrets whole", () => {
    expect(maskSecrets("abcdef", secretTexts(["abc", "abcdef"]))).toBe("******");
  });

  it("leaves alone what is too short to hide", () => {
    expect(maskSecrets("a 1 b", secretTexts(["", "1", "a"]))).toBe("a 1 b");
  });

  it("reaches into JSON, keys too", () => {
    expect(maskDeep({ hunter2: ["x hunter2", 1, null] }, secretTexts(["hunter2"]))).toEqual({
      "******": ["x ******", 1, null],
    });
  });
});
