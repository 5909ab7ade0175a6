"""The engine of an annotated edition: raw seeds and editors' files in, checked Markdown out.

It holds no word of any edition's content. Floors, from the ground: problems, anchor and weave (0), model (1),
load and seeds (2), assemble (3), pages and exports (4). A module imports from lower floors only.
"""
