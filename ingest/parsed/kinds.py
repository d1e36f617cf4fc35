"""The types of files that Incamera reads, and the media type of each."""

from __future__ import annotations

from enum import StrEnum

_OOXML = "application/vnd.openxmlformats-officedocument."


class FileType(StrEnum):
    """The file types that Incamera can parse."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    PPT = "ppt"
    XLSX = "xlsx"
    XLS = "xls"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    RTF = "rtf"
    EPUB = "epub"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    CSV = "csv"
    EML = "eml"
    MSG = "msg"
    MBOX = "mbox"
    PST = "pst"
    XML = "xml"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    WEBP = "webp"
    HEIC = "heic"
    ZIP = "zip"
    FHIR = "fhir"
    CDA = "cda"
    HL7 = "hl7"
    DICOM = "dicom"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    XLSB = "xlsb"
    P7M = "p7m"
    ICS = "ics"
    VCF = "vcf"

    @property
    def media_type(self) -> str:
        """The media type as registered with IANA, such as "application/pdf"."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: _OOXML + "wordprocessingml.document",
    FileType.PPTX: _OOXML + "presentationml.presentation",
    FileType.XLSX: _OOXML + "spreadsheetml.sheet",
    FileType.HTML: "text/html",
    FileType.MARKDOWN: "text/markdown",
    FileType.TEXT: "text/plain",
    FileType.CSV: "text/csv",
    FileType.EML: "message/rfc822",
    FileType.MSG: "application/vnd.ms-outlook",
    FileType.DOC: "application/msword",
    FileType.PPT: "application/vnd.ms-powerpoint",
    FileType.XLS: "application/vnd.ms-excel",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.ODP: "application/vnd.oasis.opendocument.presentation",
    FileType.RTF: "application/rtf",
    FileType.EPUB: "application/epub+zip",
    FileType.MBOX: "application/mbox",
    FileType.PST: "application/vnd.ms-outlook-pst",
    FileType.XML: "application/xml",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.TIFF: "image/tiff",
    FileType.WEBP: "image/webp",
    FileType.HEIC: "image/heic",
    FileType.ZIP: "application/zip",
    FileType.FHIR: "application/fhir+json",
    FileType.CDA: "application/hl7-cda+xml",
    FileType.HL7: "x-application/hl7-v2+er7",
    FileType.DICOM: "application/dicom",
    FileType.TAR: "application/x-tar",
    FileType.GZIP: "application/gzip",
    FileType.BZIP2: "application/x-bzip2",
    FileType.XZ: "application/x-xz",
    FileType.XLSB: "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    FileType.P7M: "application/pkcs7-mime",
    FileType.ICS: "text/calendar",
    FileType.VCF: "text/vcard",
}
