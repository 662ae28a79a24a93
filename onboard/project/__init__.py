"""Sources and templates -> FileTree -> files, written all or nothing."""
