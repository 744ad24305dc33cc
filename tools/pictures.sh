#!/usr/bin/env bash
# Puts the walks' pictures where the guide shows them: FROM TO
set -eu
from=$1 to=$2
mkdir -p "$to"
while read -r taken shown; do
  cp "$from/$taken.png" "$to/$shown.png"
done <<'LIST'
02-intake-top intake
04-received received
06-roster roster
08-refused refused
10-consent consent
13-item item
14-plan plan
16-papers papers
18-paper packet
21-resumed draft
26-side-by-side conflict
31-期限 due
35-transition transition
36-mask mask
37-plan-page plan-page
60-activity activity
60-found search
60-month month
62-candidates candidates
62-memo memo
64-attach attach
65-called called
67-preview preview
69-minutes minutes
70-assessment assessment
74-month month-papers
75-menu-kept menu
76-steering steering
91-import-headings import
93-import-mended import-rows
95-alike alike
98-merge merge
at-once-02-sheet at-once
case-01-page case-page
case-04-days timeline
extension-01-launcher launcher
first-01-ways first-day
first-04-name name
first-05-help help
first-21-town desk
first-tour-2 tour
LIST
