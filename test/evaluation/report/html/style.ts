/** The page's style: light and dark by the reader's own setting, nothing loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1b2430; --quiet: #5b6675; --line: #d9dee5;
  --accent: #1f6feb; --good: #1a7f45; --bad: #c22f2f; --warn: #96690a; --wrong: #d1495b; }
@media (prefers-color-scheme: dark) { :root { --page: #10151c; --card: #18202a; --ink: #e4e9f0; --quiet: #9aa7b6;
  --line: #2c3744; --accent: #6aa5ff; --good: #57c785; --bad: #ff7d7d; --warn: #e0b04a; --wrong: #ff8a98; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 26px; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 18px; margin: 0 0 12px; }
h3 { font-size: 15px; margin: 18px 0 6px; }
p { margin: 0 0 10px; }
.quiet { color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin-top: 18px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(158px, 1fr)); gap: 12px; margin-top: 18px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.tile b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile span { color: var(--quiet); font-size: 13px; display: block; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 18px; }
.pair > .card { min-width: 0; }
.wide { overflow-x: auto; } .wide > svg { max-width: none; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--quiet); font-weight: 600; }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.mark { font-weight: 700; white-space: nowrap; }
.one { white-space: nowrap; }
.pass { color: var(--good); } .fail { color: var(--bad); } .sign-off { color: var(--warn); } .n-a { color: var(--quiet); }
svg { display: block; max-width: 100%; height: auto; font: 11px system-ui, sans-serif; }
svg text { fill: var(--quiet); } svg .ink { fill: var(--ink); } svg .on { fill: var(--card); }
svg .grid { stroke: var(--line); } svg .ideal { stroke: var(--quiet); stroke-dasharray: 4 4; }
svg .band { fill: var(--accent); opacity: 0.12; } svg .curve { fill: none; stroke: var(--accent); stroke-width: 2; } svg .dot { fill: var(--accent); }
svg .cell { fill: var(--accent); } svg .miss { fill: var(--wrong); } svg .none { fill: var(--line); fill-opacity: 0.35; }
svg .span { stroke: var(--quiet); stroke-width: 2; } svg .goal { stroke: var(--good); stroke-dasharray: 2 3; }
@media (max-width: 520px) { .pair { grid-template-columns: 1fr; } main { padding: 18px 12px 40px; } .card { padding: 14px 12px; }
  .gates tr { display: block; padding: 6px 0; border-bottom: 1px solid var(--line); } .gates thead { display: none; }
  .gates td { display: block; padding: 1px 0; border: 0; } .gates .one { white-space: normal; overflow-wrap: anywhere; } }
@media print { .card, .tile { break-inside: avoid; } }
`;
