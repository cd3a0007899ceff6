"""The benchmark (make bench): two throw-away zones on a database of their own, loaded and measured."""
