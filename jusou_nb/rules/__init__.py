"""Rules are questions; each answers with problems, and an empty list is yes.

In order of force: what the law forbids (不可), what 要綱 and practice leave to the chief
(課長可), what is only shown and counted (注意). What no source was read for is never 不可.
No rule lives in a button, a template or SQL. ``docs/rules.md`` lists them.
"""
