"""How well titles are read, on a small labelled set with hard negatives."""
