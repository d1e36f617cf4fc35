"""A ward with many patients, some of similar names: handover, bloods, rota, rules, incidents."""
