"""Questions that staff ask all day, over made-up documents: what is answered, and whether it is right.

Each set is a folder here with documents and questions as YAML. `choose`, `second` and `third` choose
constants, `report` and `fresh` give the figures that are reported, `final` is asked once.
`python -m bench.staff SET` asks them.
"""
