"""The example that ``manage demo_data`` loads: invented municipality, invented police, texts written for it."""
