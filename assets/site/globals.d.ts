/** What the library files before a script of ours leave behind. */
declare const vegaEmbed: typeof import("vega-embed").default
