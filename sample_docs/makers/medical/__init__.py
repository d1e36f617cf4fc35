"""The medical sample documents, one module for each patient, and one for the clinic."""
