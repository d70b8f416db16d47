import { OAuth2Server } from "oauth2-mock-server";

const CLIENT = { id: "benchwright-tests", secret: "a secret of the tests" };

/** What a browser says of itself at the provider: who signs in there, and how the provider misbehaves. */
const PERSON_COOKIE = "provider-person";
const FAULT_COOKIE = "provider-fault";

/**
 * A real OpenID Connect provider for the tests, with signed tokens and PKCE. Its sign-in page is a cookie: the browser
 * carries `provider-person` (JSON of the claims) and, to see that a forged answer is refused, `provider-fault`
 * (`state` or `nonce`). A code is given and taken only with a PKCE challenge by SHA-256.
 */
export async function startIdentityProvider() {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "127.0.0.1");
  server.issuer.url = `http://127.0.0.1:${server.address().port}`;
  const visits = new Map();

  server.service.on("beforeAuthorizeRedirect", ({ url }, request) => {
    const cookies = cookiesOf(request.headers.cookie);
    const asked = new URL(request.url, server.issuer.url).searchParams;
    const code = url.searchParams.get("code");
    const isComplete = asked.get("code_challenge_method") === "S256" && asked.has("nonce") && asked.has("state");
    if (!isComplete || cookies[PERSON_COOKIE] === undefined) {
      url.searchParams.delete("code");
      url.searchParams.set("error", isComplete ? "access_denied" : "invalid_request");
      return;
    }
    visits.set(code, { person: JSON.parse(cookies[PERSON_COOKIE]), fault: cookies[FAULT_COOKIE] });
    if (cookies[FAULT_COOKIE] === "state") url.searchParams.set("state", "of somebody else");
  });
  server.service.on("beforeTokenSigning", ({ payload }, request) => {
    const { person, fault } = visits.get(request.body.code) ?? {};
    Object.assign(payload, person);
    if (fault === "nonce" && payload.nonce !== undefined) payload.nonce = "of another visit";
  });
  server.service.on("beforeResponse", (response, request) => {
    const isOurs = request.headers.authorization === `Basic ${basicCredentials()}`;
    if (isOurs && request.body.code_verifier !== undefined && visits.delete(request.body.code)) return;
    response.statusCode = 400;
    response.body = { error: isOurs ? "invalid_grant" : "invalid_client" };
  });

  return {
    issuer: server.issuer.url,
    environment: {
      OIDC_ISSUER: server.issuer.url,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: "Example Corp",
    },
    stop: () => server.stop(),
  };
}

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials() {
  const encode = (text) => new URLSearchParams({ "": text }).toString().slice(1);
  return Buffer.from(`${encode(CLIENT.id)}:${encode(CLIENT.secret)}`).toString("base64");
}

function cookiesOf(header = "") {
  const pairs = header.split("; ").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
  return Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value)]));
}
