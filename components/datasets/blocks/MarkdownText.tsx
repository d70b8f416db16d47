import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

/** Markdown as text: no HTML of its own, and no image that would tell another server who reads. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="report-text max-w-[80ch]">
      <Markdown
        components={{
          a: ({ href, children }) => (
            <a className="link" href={href} rel="noreferrer" target="_blank">
              {children}
            </a>
          ),
          h1: ({ children }) => <h2 className="mt-3 mb-1 font-semibold text-19 first:mt-0">{children}</h2>,
          h2: ({ children }) => <h3 className="mt-3 mb-1 font-semibold text-15 first:mt-0">{children}</h3>,
          h3: ({ children }) => <h4 className="mt-2 mb-1 font-semibold first:mt-0">{children}</h4>,
          p: ({ children }) => <p className="my-1.5">{children}</p>,
          ul: ({ children }) => <ul className="my-1.5 list-disc pl-5">{children}</ul>,
          ol: ({ children }) => <ol className="my-1.5 list-decimal pl-5">{children}</ol>,
          blockquote: ({ children }) => (
            <blockquote className="my-1.5 border-line-2 border-l-2 pl-3 text-ink-2">{children}</blockquote>
          ),
          table: ({ children }) => (
            <table className="my-2 [&_td]:border [&_td]:border-line [&_td]:px-2 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:text-left">
              {children}
            </table>
          ),
        }}
        disallowedElements={["img"]}
        remarkPlugins={[remarkGfm]}
      >
        {text}
      </Markdown>
    </div>
  );
}
