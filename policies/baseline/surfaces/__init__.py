"""Where people meet the judge: thin, with all I/O and exit codes."""
