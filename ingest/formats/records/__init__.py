"""Medical records as programs exchange them: FHIR, CDA, HL7 version 2 and DICOM.

In: the path of a file. Out: its records as fields ("Date of birth: 1962-03-14") and tables (a row for each
result), with the names of the standard in plain words and nothing left out.
"""
