"""Questions that staff ask all day, over made-up documents: what is answered, and whether it is right.

Three sets, each a folder here with documents and questions as YAML: `choose` chooses constants, `report`
gives the figures that are reported, `final` is asked once. `python -m bench.staff SET` asks them.
"""
