"""The demo world's articles; their texts lie beside this file, one for each language."""
