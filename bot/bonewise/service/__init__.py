"""What happens between a channel and the dialogue: receive, commit, send, remind.

All of it survives a kill at any point.
"""
