"""Made-up patients and matters over time, as documents with questions whose answers are known.

`python -m training.world` writes them as files; `bench.world` asks them; `rows` makes rows of them that train
the reader. Names, medicines, layouts and wordings belong to one side each (`sides.py`), so what is trained on
is never what is measured.
"""
