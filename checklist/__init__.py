"""The instrument and what answers mean: plain Python, standard library only."""
