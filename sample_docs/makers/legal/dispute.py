"""Dorrick Freight v Pellamy Cold Storage: court order, witness statement, engagement letter."""

from pathlib import Path

from writers.html import write_html
from writers.pdf import write_pdf

ORDER = """
| In the County Court at Wexcombe | Claim No. WX-2025-00318 |
| Between | DORRICK FREIGHT LIMITED (Claimant) and PELLAMY COLD STORAGE LIMITED (Defendant) |
| Before | District Judge Althea Morcombe |
| Date of hearing | 14 November 2025 |
UPON the claim for GBP 86,450 for goods spoiled while in the Defendant's cold store, and the counterclaim for GBP 11,920 for unpaid storage charges
AND UPON hearing counsel for the Claimant, Miss Hesper Loveday, and the Defendant's solicitor, Mr Anselm Croy
AND UPON reading the Defendant's application dated 2 October 2025 to strike out the claim, and the statement of Mr Ruben Pellamy in support of it
AND UPON the Claimant confirming that it no longer pursues the claim for loss of the Tarrant contract
IT IS ORDERED THAT:
# The application
1.1 The Defendant's application to strike out the claim is dismissed. The application for summary judgment in the alternative is also dismissed.
1.2 The Defendant's application that the Claimant give security for costs is refused.
1.3 The Defendant shall pay the Claimant's costs of the application, summarily assessed at GBP 4,320 including VAT, by 4:00 p.m. on 28 November 2025.
1.4 Permission to appeal is refused. Any further application for permission shall be made to the appeal court within 21 days of the date of this order.
# Track and alternative dispute resolution
2.1 The claim and the counterclaim are allocated to the intermediate track and assigned to complexity band 3.
2.2 The proceedings are stayed from 17 November 2025 until 15 December 2025 for the parties to attempt mediation. A party that does not take part shall file a statement of its reasons, marked "not to be opened until judgment", by 19 December 2025.
# Amendment and disclosure
3.1 The Claimant has permission to amend its particulars of claim in the form of the draft initialled by the judge, and shall serve them by 4:00 p.m. on 22 December 2025. The Defendant may serve an amended defence by 4:00 p.m. on 12 January 2026.
3.2 Each party shall give standard disclosure by list by 4:00 p.m. on 23 January 2026. Requests for copies shall be made within seven days of the list and answered within seven days of the request.
3.3 Unless the Defendant discloses the complete temperature and alarm log of Chamber 4 for the period from 10 August 2024 to 20 August 2024 in its native electronic form by 4:00 p.m. on 30 January 2026, its defence shall be struck out without further order.
3.4 The Claimant is not required to disclose its contracts with customers other than Tarrant Dairies.
# Evidence of fact
4.1 Witness statements of fact shall be exchanged by 4:00 p.m. on 27 February 2026. Neither party may call more than three witnesses of fact, and no statement shall be longer than fifteen pages.
4.2 A witness whose statement has not been served in time may not be called without the permission of the court.
# Expert evidence
5.1 The parties have permission to rely on the written evidence of one single joint expert in refrigeration engineering, on the questions why the temperature in Chamber 4 rose and when the rise ought to have been noticed.
5.2 The expert shall be agreed and instructed by 13 March 2026. If the parties cannot agree, each shall file the names of two candidates with their fees, and the court will choose.
5.3 The report shall be filed and served by 4:00 p.m. on 24 April 2026. Written questions may be put to the expert within fourteen days of service of the report.
5.4 The fee of the expert is limited to GBP 6,000 plus VAT and shall be paid by the parties in equal shares in the first place. The expert shall not give oral evidence without the permission of the court.
5.5 Permission to rely on expert evidence on the market value of the goods is refused.
# Schedule of loss
6.1 The Claimant shall serve an updated schedule of loss by 4:00 p.m. on 8 May 2026 and the Defendant a counter-schedule by 4:00 p.m. on 22 May 2026.
# Pre-trial steps and trial
7.1 The parties shall file pre-trial checklists by 4:00 p.m. on 5 June 2026.
7.2 There shall be a pre-trial review by telephone at 10:30 a.m. on 26 June 2026, with a time estimate of 45 minutes.
7.3 The claim shall be tried in the period from 7 September 2026 to 16 October 2026, with a time estimate of two days, to include judgment. The parties shall give their dates to avoid by 17 April 2026.
7.4 The Claimant shall lodge an agreed bundle of not more than 350 pages, in electronic form, not more than seven and not less than three days before the start of the trial.
7.5 Skeleton arguments shall be exchanged and filed two clear days before the start of the trial.
# Costs and liberty to apply
8.1 Save as stated in paragraph 1.3, costs shall be in the case.
8.2 Each party may apply to vary this order on notice. The parties may by written agreement extend any date in it by up to 28 days, provided that the date of the trial is not affected, except for the date in paragraph 3.3, which may not be extended by agreement.
8.3 Because paragraphs 5.4 and 7.2 were made of the court's own initiative, a party affected by them may apply to set them aside within seven days of service.
Dated 14 November 2025. Sealed by the court on 18 November 2025.
"""

STATEMENT = """\
IN THE COUNTY COURT AT WEXCOMBE                         Claim No. WX-2025-00318

BETWEEN   DORRICK FREIGHT LIMITED              Claimant
          and
          PELLAMY COLD STORAGE LIMITED         Defendant

FIRST WITNESS STATEMENT OF ROSALIND TEBBUTT
Made on behalf of the Claimant, 19 February 2026, with exhibits RT1 to RT6

I, Rosalind Tebbutt, of Dorrick Freight Limited, 60 Haulage Way, Wexcombe WX6 3BN, say as follows.

1. I am the transport manager of the Claimant and have held that post since May 2017. I make this statement from my own knowledge except where I say otherwise. Where a matter is not within my knowledge I give the source.

The storage arrangement

2. Dorrick carries chilled food for dairies in the county. Since 2021 we had stored goods overnight with Pellamy at its depot at Frostgate Road. The terms were those of Pellamy's standard conditions, fourth edition, a copy of which is exhibit RT1. I was never shown the fifth edition, on which Pellamy now relies, before this claim began.

3. Every booking form stated a set point. For the goods in question it was 2 °C with a permitted range of 1 °C to 4 °C. The booking form of 16 August 2024 is exhibit RT2.

The night of 17 to 18 August 2024

4. At 19:35 on Saturday 17 August 2024 our driver, Mr Caspian Wroe, delivered 22 pallets of soft cheese belonging to Tarrant Dairies to Chamber 4. He tells me, and the delivery note at RT3 records, that the probe reading taken at the door was 2.4 °C.

5. I was the duty manager on call that night. My telephone was switched on and beside me. I received no call from Pellamy, no text message and no e-mail. The telephone company's record of calls to my number is exhibit RT4 and shows none between 21:10 and 05:50.

6. At 05:50 on Sunday 18 August Mr Wroe telephoned me from the depot. He had come to load and had found the chamber warm. He told me that the display read 9.6 °C and that a red lamp was lit above the door. There was nobody in the control room.

7. I drove to the depot and arrived at 06:25. I photographed the display, which by then showed 9.8 °C. The photographs are exhibit RT5. The night watchman, who gave his name as Mr Lazlo Finch, told me that the alarm had sounded a little after two o'clock, that he had silenced it, and that he had not been told whom to ring. He did not say that the compressor had been switched off by anybody from Dorrick, and I do not believe that it was.

8. The pallets carried our own data loggers. The logger on pallet 9, serial number DL-7735, shows that the air temperature passed 4 °C at 01:58 and 8 °C at 04:31. The download is exhibit RT6. I checked the logger against a reference thermometer on 20 August 2024 and it read 0.2 °C too low, so that the true temperatures were, if anything, slightly higher.

What happened to the goods

9. Mrs Edwina Tarrant of Tarrant Dairies came to the depot at 08:40 and rejected all 22 pallets. Her written rejection gives as the reason that the cheese had been above 5 °C for more than two hours. None of the goods could be sold. They were destroyed on 20 August 2024 under the supervision of the council's food officer.

10. Dorrick credited Tarrant Dairies with GBP 81,200 on 30 August 2024. The cost of collection and destruction was GBP 5,250. The two sums make up the GBP 86,450 claimed. Dorrick's own insurer declined the claim because the goods were not in transit.

11. Tarrant Dairies gave notice on 4 November 2024 ending its contract with us. I understand that this loss is no longer claimed.

The unpaid invoices

12. It is said that Dorrick owes GBP 11,920 for storage. I accept that invoices for June, July and August 2024 were not paid. I stopped payment on 21 August 2024 because of what had happened. The invoices are correct in amount save for the August invoice, which charges GBP 1,340 for the two nights after the goods had been destroyed.

Statement of truth

13. I believe that the facts stated in this witness statement are true. I understand that proceedings for contempt of court may be brought against anyone who makes a false statement in a document verified by a statement of truth without an honest belief in its truth.

Signed: R. Tebbutt
Dated: 19 February 2026
"""

ENGAGEMENT = """
Our reference: MV/DF/0407
9 May 2025
Dorrick Freight Limited, 60 Haulage Way, Wexcombe WX6 3BN. For the attention of Mr Hollis Dorrick, managing director.
Dear Mr Dorrick,
Thank you for asking us to act for Dorrick Freight Limited in its claim against Pellamy Cold Storage Limited. This letter, with our terms of business, sets out the basis on which we shall act. Please read it with care and return a signed copy.
# 1. The work
You have asked us to advise on the loss of goods in August 2024, to write a letter of claim and, if no settlement is reached, to bring proceedings in the county court. We have not been asked to advise on your contract with Tarrant Dairies, on insurance cover or on tax, and we do not do so.
# 2. Who will do it
Miss Linnea Marlstone, partner, has overall charge. Mr Jory Aldwin, associate, will do most of the work from day to day. If you are unhappy with any part of it, please speak first to Miss Marlstone and then to our complaints partner, Mr Idris Vane, who will reply in full within eight weeks.
# 3. Our charges
We charge for time spent, in units of six minutes, at the rates below. We review the rates each year on 1 November and will tell you of any change at least one month beforehand.
| Fee earner | Rate per hour (GBP, excluding VAT) |
| Partner | 310 |
| Associate | 225 |
| Trainee solicitor | 140 |
| Paralegal | 115 |
We estimate GBP 9,500 to GBP 12,000 plus VAT up to the issue of proceedings, and a further GBP 38,000 plus VAT to the end of a two-day trial. These are estimates and not fixed fees. We shall not exceed the first of them by more than ten per cent without your written agreement.
Counsel's fees, court fees and experts' fees are payable in addition. The fee for issuing a claim of this size is five per cent of the sum claimed.
# 4. Payments on account and invoices
Please pay GBP 7,500 on account of costs before we begin. We hold it in our client account and set it against our final invoice. We send invoices monthly. They are payable within fourteen days of the date of the invoice. We may charge interest at two per cent above the Base Rate from time to time of the Bank of England on invoices that remain unpaid after one month.
If you lose, you will probably be ordered to pay a part of your opponent's costs. We have discussed insurance against that risk with you and you have decided not to take it out for the present.
# 5. Ending our retainer
You may end our instructions at any time by telling us in writing. We may stop acting for you only for good reason, for example if an invoice is unpaid or if you do not give us instructions, and on not less than seven days' notice. In either case you must pay for the work done up to that time.
# 6. Limit of our liability
Our liability to you for loss arising from this matter is limited to GBP 3,000,000. We do not limit liability for death, personal injury or fraud. We are liable only to Dorrick Freight Limited and not to its directors or shareholders in person.
# 7. Your papers
After the matter ends we keep the file in electronic form for seven years and then destroy it. We do not charge for retrieving papers from store when you ask for them in the course of a new instruction, but otherwise we charge GBP 45 for each retrieval.
# 8. Money laundering checks
We must verify the identity of our clients. Please send a certified copy of the passport of each director and of anyone who holds more than a quarter of the shares. We do not accept payments in cash of more than GBP 500.
Yours sincerely,
Linnea Marlstone, partner, Marlstone Vane Solicitors, The Old Assay Office, Chantry Street, Wexcombe WX1 2JE
"""


def court_order(path: Path) -> None:
    """Write the court order."""
    write_pdf(
        path,
        title="Order: Dorrick Freight Limited v Pellamy Cold Storage Limited",
        author="County Court at Wexcombe",
        header="Claim No. WX-2025-00318",
        footer="County Court at Wexcombe · General Form of Order",
        markup=ORDER,
    )


def witness_statement(path: Path) -> None:
    """Write the witness statement."""
    path.write_text(STATEMENT, encoding="utf-8", newline="\n")


def engagement_letter(path: Path) -> None:
    """Write the letter of engagement."""
    write_html(
        path,
        title="Letter of engagement: Dorrick Freight Limited",
        author="Marlstone Vane Solicitors",
        markup=ENGAGEMENT,
    )
