#!/usr/bin/env bash
# Puts the walks' pictures where the guide shows them: FROM TO
set -eu
from=$1 to=$2
mkdir -p "$to"
while read -r taken shown; do
  cp "$from/$taken.png" "$to/$shown.png"
done <<'LIST'
30-town desk
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
31-期限 due
32-conflict conflict
34-client client
35-transition transition
36-mask mask
37-plan-page plan-page
at-once-02-sheet at-once
60-activity activity
70-assessment assessment
75-menu-kept menu
76-steering steering
LIST
