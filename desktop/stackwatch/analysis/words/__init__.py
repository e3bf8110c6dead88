"""Words and letters of English and Korean, for whoever reads titles."""
