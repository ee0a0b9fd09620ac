"""A log that can only grow: its tree, its files, its signed notes. No Django, nothing of ours."""
