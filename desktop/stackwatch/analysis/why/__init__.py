"""Which stories a move may be tied to, over which links."""
