"""What changes a whole vault: opening its keys, encrypting one that is plain, giving it another key.

In: a data folder and where its key comes from. Out: the keys of the open vault; a vault that is encrypted.
"""
