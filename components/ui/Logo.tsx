/** The try square of the bench. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="shrink-0 text-accent"
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinejoin="round"
      strokeWidth="1.75"
      viewBox="0 0 24 24"
      width={size}
    >
      <path d="M3 3h6v12h12v6H3z" />
      <path d="M3 7h2.5M3 11h2.5M9 21v-2.5M13 21v-2.5M17 21v-2.5" />
    </svg>
  );
}
