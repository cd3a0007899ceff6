"""Where Django looks for commands; it wants the folder `commands` in a folder of this name."""
