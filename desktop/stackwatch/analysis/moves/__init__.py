"""How unusual a move is once the market is taken out, and what followed earlier ones."""
