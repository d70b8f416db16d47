import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource/commit-mono/latin-400.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Toasts } from "@/components/shell/Toasts";
import { TrpcProvider } from "@/components/TrpcProvider";
import { THEME_SCRIPT } from "@/components/theme/theme-script";

export const metadata: Metadata = {
  title: { default: "Benchwright", template: "%s · Benchwright" },
  description: "An ML workbench: from raw sources to a monitored forecast.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#E9EDEA" },
    { media: "(prefers-color-scheme: dark)", color: "#0C110F" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Chooses the theme before the first paint. Constant text, nothing of the request is in it. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this program */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <TrpcProvider>{children}</TrpcProvider>
        <Toasts />
      </body>
    </html>
  );
}
