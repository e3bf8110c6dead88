"""Getting things from the network within limits: what every provider shares."""
