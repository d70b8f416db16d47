import type { NextConfig } from "next";

const isDevelopment = process.env.NODE_ENV === "development";

/** Next's own inline scripts and the styles of graph and charts need `unsafe-inline`; DuckDB in the page needs `wasm-unsafe-eval`. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    "@dbos-inc/dbos-sdk",
    "@duckdb/node-api",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@temporalio/client",
    "openid-client",
    "pg",
    "undici",
    "ws",
  ],
  // Types are checked by `npm run check`; the build of a first start does not wait for them.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/vendor/:path*", headers: [{ key: "Cache-Control", value: "public, max-age=86400" }] },
    {
      // Scripts and styles of the build: what a page's policy says of frames, forms and images is for pages alone, and
      // goes with every one of a dozen files. A worker among them keeps to this server.
      source: "/_next/static/:path*",
      headers: [
        { key: "Content-Security-Policy", value: "default-src 'self'" },
        { key: "X-Content-Type-Options", value: "nosniff" },
      ],
    },
    {
      source: "/((?!_next/static/).*)",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
  ],
};

export default config;
