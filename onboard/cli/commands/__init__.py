"""One command a file, each declaring `COMMAND: click.Command`; collected by `onboard.cli.group`.

Modules here import only click and `onboard.cli` at the top, and the engine room inside their functions: the
whole folder is imported for `onboard --help`, which has to answer at once.
"""
