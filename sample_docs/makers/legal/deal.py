"""Sennet Row and Ombrel Diagnostics: the non-disclosure agreement and the due-diligence list."""

import csv
from pathlib import Path

NDA = """\
---
title: Mutual non-disclosure agreement
author: Thackeray Boll & Partners
date: 2025-06-02
---

# Mutual non-disclosure agreement

**Dated 2 June 2025**

Between:

1. **Ombrel Diagnostics Limited**, incorporated in Scotland, of 8 Pentland Steps, Carradour CD3 5TT ("Ombrel"); and
2. **Sennet Row Capital LLP**, of 120 Bellwether Street, Wexcombe WX1 8AA ("Sennet Row").

## 1. Purpose

1.1 Sennet Row is considering the purchase of the whole share capital of Ombrel (the "Purpose"). Each party may give the other confidential information for the Purpose and only on the terms of this agreement.

1.2 This agreement does not oblige either party to go on with the purchase, or to disclose anything.

## 2. Confidential information

2.1 "Confidential Information" means information about a party's business, finances, products, customers or staff that it discloses to the other on or after 12 May 2025, whether or not it is marked as confidential, and the fact that the parties are in discussion.

2.2 It does not include information which the recipient can show:

- was public when disclosed, or became so without a breach of this agreement;
- was already in its possession, free of any duty of confidence; or
- was developed by it independently, without use of what was disclosed.

2.3 Patient samples and patient records are not to be disclosed under this agreement at all. Results may be shown only in a form from which no patient can be identified.

## 3. Duties of the recipient

3.1 The recipient shall keep the information secret, use it only for the Purpose, and protect it with at least the care that it uses for its own secrets.

3.2 The recipient may show the information to its directors, partners, employees, professional advisers and lenders who need it for the Purpose. Sennet Row shall not show it to any of its portfolio companies.

3.3 The recipient is liable for a breach by anyone to whom it gives the information.

3.4 Where the law requires disclosure, the recipient shall, where it lawfully can, give five (5) business days' warning and disclose no more than is required.

## 4. Return of information

4.1 Within ten (10) business days of a written request the recipient shall return or destroy the information and confirm that it has done so.

4.2 The recipient may keep one copy for its compliance records, and copies made by routine backup until they are overwritten, both of which remain subject to this agreement.

## 5. Staff and customers

5.1 For nine (9) months from the date of this agreement Sennet Row shall not, without consent, offer employment to any of Ombrel's senior scientists listed in the schedule.

5.2 Sennet Row shall not contact Ombrel's customers, suppliers or landlords about the Purpose without the consent of Ombrel's chief executive, Dr Mairead Lockerby.

## 6. Exclusivity

6.1 This agreement gives no exclusivity. Ombrel may negotiate with others.

## 7. Duration

7.1 This agreement begins on its date. Either party may end it by thirty (30) days' written notice.

7.2 The duties of confidence continue for three (3) years from the date on which the information was disclosed, even if this agreement has ended. For information identified in writing as a trade secret they continue for as long as it remains one.

## 8. No licence and no warranty

8.1 No right in a patent, trade mark or design is granted. Neither party promises that the information is accurate or complete.

## 9. Remedies

9.1 The parties accept that damages alone may not be enough, and that a court may be asked for an interdict or an order for specific performance. No sum is fixed as damages in advance.

## 10. General

10.1 This agreement is governed by the law of Scotland, and the Scottish courts have exclusive jurisdiction.

10.2 Notices may be sent by e-mail to the addresses in the schedule and take effect on the next business day.

10.3 Neither party may assign this agreement.

## Schedule

| Party | Address for notices | Senior scientists (clause 5.1) |
|---|---|---|
| Ombrel | legal@ombreldiagnostics.example | Dr Fenella Strachur; Dr Anand Torvik; Mr Keir Balloch |
| Sennet Row | deals@sennetrow.example | not applicable |

Signed for Ombrel Diagnostics Limited: Dr Mairead Lockerby, chief executive.

Signed for Sennet Row Capital LLP: Augustin Peake, partner.
"""

DILIGENCE = """\
Ref|Category|Document|Counterparty|Date|Expiry or notice|Amount (GBP)|Change of control consent|Status|Reviewer|Comment
A1|Corporate|Certificate of incorporation|Companies registry|14/02/2011|none||no|reviewed|J. Aldwin|Name changed from Ombrel Assays in 2014
A2|Corporate|Articles of association|members|30/06/2019|none||no|reviewed|J. Aldwin|Pre-emption rights on transfer must be waived by all holders
A3|Corporate|Register of members|members|01/05/2025|none||no|reviewed|J. Aldwin|Dr Lockerby 46%, Strachur family trust 29%, staff pool 25%
A4|Corporate|Option scheme rules|staff|12/03/2020|none||yes|query raised|J. Aldwin|Options over 4,120 shares vest in full on a sale
B1|Property|Lease of 8 Pentland Steps (laboratory)|Carradour Science Trust|28/11/2018|27/11/2033|118,000 a year|yes|reviewed|T. Ashgrove|Tenant break in 2028 on twelve months' notice
B2|Property|Licence of cold room 2|Carradour Science Trust|15/01/2023|one month's notice|9,600 a year|no|reviewed|T. Ashgrove|Personal to Ombrel
C1|Customer|Supply agreement, troponin cartridges|Northmoor Hospitals Group|01/10/2022|30/09/2027|2,340,000 a year|yes|reviewed|L. Marlstone|Customer may end on three months' notice if control changes
C2|Customer|Supply agreement, lactate strips|Esterleigh Ambulance Trust|19/04/2024|18/04/2026|415,000 a year|no|reviewed|L. Marlstone|Most-favoured price clause
C3|Customer|Framework for veterinary panels|Fellside Veterinary Co-operative|07/07/2023|six months' notice|188,000 a year|no|reviewed|L. Marlstone|No minimum volume
C4|Customer|Evaluation agreement, sepsis panel|St Aldreda's Hospital|22/01/2025|21/01/2026|nil|no|query raised|L. Marlstone|Ownership of results is unclear
D1|Supplier|Enzyme supply|Gallowhill Reagents|30/03/2021|29/03/2026|620,000 a year|no|reviewed|J. Aldwin|Sole source; last-time-buy right of nine months
D2|Supplier|Cartridge moulding|Plasmoda Tooling|11/09/2022|twelve months' notice|377,500 a year|no|reviewed|J. Aldwin|Tools belong to Ombrel
D3|Supplier|Courier services|Dorrick Freight Limited|05/02/2024|sixty days' notice|54,000 a year|no|reviewed|J. Aldwin|Chilled loads excluded from cover
E1|Intellectual property|Patent, micro-channel cartridge|registered owner: Ombrel|16/08/2016|15/08/2036||no|reviewed|S. Farthing|Renewal fees paid to 2026
E2|Intellectual property|Patent application, sepsis panel|registered owner: Dr A. Torvik|03/12/2023|pending||no|red flag|S. Farthing|Not assigned to Ombrel; assignment to be a condition of completion
E3|Intellectual property|Trade mark OMBREL, classes 5 and 10|registered owner: Ombrel|20/05/2014|20/05/2034||no|reviewed|S. Farthing|
E4|Intellectual property|Licence of software library|Quennell Signal|09/09/2021|perpetual|22,000 once|yes|query raised|S. Farthing|Consent fee of GBP 5,000 on a sale
F1|Employment|Service agreement, Dr M. Lockerby|chief executive|01/04/2018|twelve months' notice|148,000 a year|yes|reviewed|N. Brack|May resign with full notice pay within 90 days of a sale
F2|Employment|Service agreement, Dr F. Strachur|senior scientist|01/04/2018|six months' notice|96,500 a year|no|reviewed|N. Brack|Non-compete of six months after leaving
F3|Employment|Service agreement, Dr A. Torvik|senior scientist|17/06/2022|three months' notice|91,000 a year|no|red flag|N. Brack|Inventions clause missing from signed copy
F4|Employment|Pension scheme booklet|all staff|01/01/2024|none|employer pays 7%|no|reviewed|N. Brack|No defined-benefit liabilities
G1|Finance|Term loan|Hollin Bank|29/10/2021|28/10/2026|1,250,000|yes|reviewed|L. Marlstone|Repayable on change of control; early fee of 1.5%
G2|Finance|Floating charge|Hollin Bank|29/10/2021|until loan repaid||yes|reviewed|L. Marlstone|To be released at completion
G3|Finance|Grant for sepsis panel|Carradour Enterprise Fund|13/03/2023|12/03/2028|300,000|yes|query raised|L. Marlstone|Repayable if manufacture leaves Scotland
H1|Disputes|Claim by former distributor|Brisco Medical Supplies|25/07/2024|hearing not listed|74,800|no|reviewed|S. Farthing|Counsel puts chance of success for claimant at about 35%
H2|Disputes|Product complaint file, lot 23-114|various|02/02/2024|closed||no|reviewed|S. Farthing|Eleven cartridges replaced; no injury
I1|Regulatory|Quality system certificate|certification body|18/12/2023|17/12/2026||no|reviewed|T. Ashgrove|Surveillance audit due in October 2025
I2|Regulatory|Device registration, troponin cartridge|regulator|06/06/2022|05/06/2027||no|reviewed|T. Ashgrove|Change of legal manufacturer must be notified within 30 days
J1|Insurance|Product liability policy|Corvane Mutual|01/01/2025|31/12/2025|5,000,000 any one claim|no|reviewed|N. Brack|Excess of 25,000 for each claim
J2|Insurance|Directors' and officers' policy|Corvane Mutual|01/01/2025|31/12/2025|2,000,000|yes|missing|N. Brack|Policy wording not supplied; requested 16/06/2025 and 30/06/2025
"""


def nda(path: Path) -> None:
    """Write the non-disclosure agreement."""
    path.write_text(NDA, encoding="utf-8", newline="\n")


def diligence_list(path: Path) -> None:
    """Write the due-diligence list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(line.split("|") for line in DILIGENCE.splitlines())
