const admin = { email: "bench@example.org", name: "Bench", password: "a benchmark, not a secret" };

async function post(request, url, options) {
  const answer = await request.post(url, options);
  if (!answer.ok())
    throw new Error(
      `${new URL(url).pathname} answered ${answer.status()}: ${(await answer.text()).slice(0, 300)}`,
    );
}

/** Makes the first administrator where there is none. */
export async function ensureAdmin(request, url) {
  const state = await (await request.get(`${url}/api/trpc/auth.state`)).json();
  if (!state.result.data.json.needsSetup) return;
  await post(request, `${url}/api/trpc/auth.setup`, { data: { json: admin }, headers: { origin: url } });
}

/** Signs `context` in as that administrator. */
export async function signIn({ request }, url) {
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json();
  await post(request, `${url}/api/auth/callback/credentials`, {
    form: { csrfToken, email: admin.email, password: admin.password, json: "true", callbackUrl: url },
  });
  const session = await (await request.get(`${url}/api/auth/session`)).json();
  if (!session?.user) throw new Error("the sign-in gave no session");
}
