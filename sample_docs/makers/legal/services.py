"""Harrow & Pike and Tolvane: the services agreement and its first amendment."""

from pathlib import Path

from writers.pdf import write_pdf

AGREEMENT = """
THIS AGREEMENT is dated 3 March 2025 and made between:
(a) HARROW & PIKE LIMITED, registered in England and Wales with number X0417732, whose registered office is at Saddler's Wharf, 14 Ropewalk Lane, Wexcombe WX1 4QD (the "Client"); and
(b) TOLVANE DATA SERVICES LIMITED, registered in England and Wales with number X0588104, whose registered office is at Unit 3, Brindle Park, Esterleigh EZ7 2LM (the "Supplier").
The Client designs and makes furniture for hospitals and care homes. The Supplier hosts and supports business systems. The Client wishes to receive, and the Supplier has agreed to provide, hosting and support for the Client's order and stock system on the terms set out below.
# 1. Definitions and interpretation
1.1 In this Agreement the following words have the meanings given to them here:
"Business Day" means a day other than a Saturday, a Sunday or a public holiday in England.
"Charges" means the sums payable for the Services, being the Monthly Fee, the Day Rate where it applies, and any expenses approved under clause 5.6.
"Commencement Date" means 1 April 2025.
"Confidential Information" means all information of a confidential nature, in any form, that one party discloses or makes available to the other in connection with this Agreement, including the Client's price lists, customer lists and product drawings and the Supplier's system designs.
"Contract Year" means a period of twelve months beginning on the Commencement Date or on any anniversary of it.
"Deliverables" means the reports, configurations, scripts and documents which the Supplier prepares for the Client in the course of the Services.
"Initial Term" means the period of three (3) years from the Commencement Date.
"Service Levels" means the standards of performance set out in clause 4.
"Services" means the hosting, monitoring, support and change services described in clause 3.
"System" means the Client's order and stock system known as Fernway, in whatever version is in use from time to time.
1.2 Headings do not affect the interpretation of this Agreement. A reference to a statute is to it as amended or re-enacted. Writing includes e-mail except where clause 15 says otherwise.
# 2. Commencement and term
2.1 This Agreement takes effect on the Commencement Date and, unless ended earlier under clause 11, continues for the Initial Term.
2.2 At the end of the Initial Term this Agreement renews for successive periods of twelve (12) months, unless either party gives the other at least six (6) months' written notice, before the end of the then current period, that it does not wish to renew.
2.3 The Supplier is not appointed exclusively. The Client may buy similar services from others at any time.
# 3. The Services
3.1 The Supplier shall provide the Services from the Commencement Date with reasonable skill and care, using suitably qualified staff, and in accordance with the law and good industry practice.
3.2 The Services consist of:
(a) hosting the System in two data centres in the United Kingdom, each able to carry the whole load alone;
(b) monitoring the System at all hours and responding to incidents as clause 4 requires;
(c) a help desk, open from 07:30 to 18:30 on Business Days;
(d) taking a full backup of the System each night and keeping each backup for thirty-five (35) days; and
(e) up to four (4) days of change work in each calendar month, which may not be carried over to a later month.
3.3 The Supplier shall test its business continuity plan at least once in each Contract Year and shall give the Client a written report of the test within fifteen (15) Business Days of completing it.
3.4 The Supplier shall not use a subcontractor without the Client's prior written consent. The Client consents to the use of Kestrow Hosting Limited for the secondary data centre. The Supplier remains liable for the acts of every subcontractor as for its own.
3.5 The Client shall give the Supplier the access, information and decisions that the Supplier reasonably needs, and shall name one person with authority to approve changes. The first such person is the Client's Head of Operations, Mrs Delphine Orwick.
# 4. Service Levels and service credits
4.1 The System shall be available for at least 99.5% of each calendar month, measured between 06:00 and 22:00 every day and leaving out planned maintenance of which the Client has had five (5) Business Days' notice.
4.2 The Supplier shall respond to incidents, and restore the System, within the times in this table, counted from the Client's report or the Supplier's own alarm, whichever is earlier:
| Priority | Meaning | Response | Restoration |
| 1 | The System cannot be used by anyone | 15 minutes | 4 hours |
| 2 | A main function fails or is very slow | 1 hour | 8 hours |
| 3 | A fault with a reasonable way round it | 4 hours | 3 Business Days |
| 4 | A question or a cosmetic fault | 1 Business Day | next release |
4.3 For each full half per cent by which availability in a month falls below the level in clause 4.1, the Supplier shall credit the Client with five per cent (5%) of the Monthly Fee for that month, up to a limit of twenty per cent (20%) of that Monthly Fee.
4.4 Service credits are a price adjustment and not a penalty. They do not limit the Client's right to claim damages or to terminate, but a credit given is set against damages for the same failure.
4.5 If availability is below 97% in any three (3) months of a Contract Year, that is a material breach which cannot be remedied.
# 5. Charges and payment
5.1 The Client shall pay a fee of GBP 18,400 for each calendar month (the "Monthly Fee"). Change work beyond the allowance in clause 3.2(e) is charged at GBP 640 per person per day (the "Day Rate"), and only if the Client has approved an estimate beforehand.
5.2 The Supplier shall invoice the Monthly Fee in arrears on or after the last Business Day of each month. Each invoice shall quote the Client's purchase order number.
5.3 The Client shall pay each properly submitted and undisputed invoice within thirty (30) days of receipt, by bank transfer to the account stated on the invoice.
5.4 If the Client disputes an invoice in good faith it shall say so in writing within ten (10) Business Days of receiving it, giving reasons, and shall pay the part that is not disputed. The Supplier shall not suspend the Services on account of a sum that is disputed in good faith.
5.5 Interest is payable on overdue sums at four per cent (4%) a year above the Base Rate from time to time of the Bank of England, accruing daily from the due date until payment.
5.6 Travel and other expenses are payable only if the Client approved them in writing before they were incurred.
5.7 The Supplier may increase the Monthly Fee and the Day Rate once in each Contract Year, but not in the first, by giving sixty (60) days' notice. No increase may exceed the lower of the change in the Consumer Prices Index over the previous twelve months and three and a half per cent (3.5%).
5.8 All sums are exclusive of value added tax, which the Client shall pay in addition on receipt of a valid VAT invoice.
# 6. Records and audit
6.1 The Supplier shall keep complete records of the Services and the Charges for six (6) years after the end of the Contract Year to which they relate.
6.2 The Client or its auditors may inspect those records and the premises from which the Services are given, on ten (10) Business Days' notice and not more than once in a Contract Year, except where the Client has reasonable grounds to suspect fraud or a breach of clause 8.
# 7. Intellectual property
7.1 Each party keeps the intellectual property rights it owned before the Commencement Date. Nothing in this Agreement transfers them.
7.2 Rights in the Deliverables pass to the Client when they are created. The Supplier may go on using general skills, ideas and methods that do not contain Confidential Information of the Client.
7.3 The Supplier shall indemnify the Client against all losses arising from a claim that the Client's use of the Services or the Deliverables infringes the rights of a third party. The Client shall tell the Supplier of the claim promptly and let the Supplier conduct it.
# 8. Data protection and security
8.1 The Supplier processes personal data only on the Client's documented instructions and as a processor. The Client remains the controller.
8.2 The Supplier shall not transfer personal data outside the United Kingdom, and shall not let it be viewed from outside the United Kingdom, without the Client's prior written consent.
8.3 The Supplier shall notify the Client of a personal data breach without undue delay and in any case within forty-eight (48) hours of becoming aware of it, with the particulars then known.
8.4 At the end of this Agreement the Supplier shall, as the Client chooses, return or securely delete all personal data within thirty (30) days, and confirm in writing that it has done so.
# 9. Confidentiality
9.1 Each party shall keep the other's Confidential Information secret, use it only to perform or receive the Services, and disclose it only to staff and advisers who need it and are bound by like duties.
9.2 Clause 9.1 does not apply to information that is or becomes public other than by breach, was lawfully known to the recipient before disclosure, or must be disclosed by law or by order of a court.
9.3 The duties in this clause continue for five (5) years after this Agreement ends.
9.4 During this Agreement and for twelve (12) months after it, neither party shall solicit for employment any member of the other's staff who was materially engaged in the Services. A general advertisement is not solicitation.
# 10. Limitation of liability
10.1 Nothing in this Agreement limits or excludes liability for death or personal injury caused by negligence, for fraud or fraudulent misrepresentation, under clause 7.3, or for anything for which liability cannot lawfully be limited.
10.2 Neither party is liable for loss of profit, loss of goodwill or indirect loss. This does not apply to the Charges.
10.3 The Supplier's total liability for breach of clause 8, however arising, shall not exceed GBP 1,000,000 in each Contract Year.
10.4 Subject to clauses 10.1 and 10.3, each party's total liability in each Contract Year shall not exceed the greater of GBP 250,000 and one hundred and twenty-five per cent (125%) of the Charges paid or payable in that Contract Year.
10.5 The Supplier shall keep in force professional indemnity insurance of not less than GBP 2,000,000 for any one claim during this Agreement and for six years after it, and shall show the Client the certificate on request.
# 11. Termination
11.1 The Client may end this Agreement at any time after the first Contract Year, without giving a reason, by not less than ninety (90) days' written notice. The Supplier has no right to end this Agreement for convenience.
11.2 Either party may end this Agreement at once by written notice if the other commits a material breach which cannot be remedied, or which it does not remedy within twenty (20) Business Days of written notice requiring it to do so.
11.3 Either party may end this Agreement at once by written notice if the other cannot pay its debts as they fall due, enters administration or liquidation, or makes an arrangement with its creditors.
11.4 The Supplier may end this Agreement by thirty (30) Business Days' written notice if an undisputed sum of more than GBP 20,000 remains unpaid sixty (60) days after its due date.
# 12. Consequences of termination
12.1 When this Agreement ends for any reason the Supplier shall, for up to four (4) months and at the Charges then current, give the help that the Client reasonably asks for to move the Services to the Client or to a new supplier.
12.2 The Supplier shall hand over the latest full backup of the System, in a format in common use, within five (5) Business Days of the end of this Agreement, without charge.
12.3 Clauses 6, 7, 8.4, 9, 10, 12 and 14 to 16 remain in force after this Agreement ends.
# 13. Events outside a party's control
13.1 A party is not in breach to the extent that an event beyond its reasonable control prevents performance, if it tells the other promptly and does what it reasonably can to lessen the effect. A failure of a subcontractor or a shortage of staff is not such an event by itself.
13.2 If the event lasts for more than sixty (60) days, the party not affected may end this Agreement by ten (10) Business Days' notice.
# 14. Disputes and governing law
14.1 The parties shall first refer a dispute to the Client's Finance Director and the Supplier's Managing Director, who shall meet within fourteen (14) days.
14.2 If they do not settle it within twenty-eight (28) days of the referral, either party may propose mediation. Neither party is obliged to mediate before starting proceedings for an injunction or for an undisputed debt.
14.3 This Agreement, and any non-contractual obligation arising from it, is governed by the law of England and Wales, and the courts of England and Wales have exclusive jurisdiction.
# 15. Notices
15.1 A notice under this Agreement shall be in writing and delivered by hand or sent by first-class recorded post to the registered office of the addressee, marked in the Client's case for the attention of the Company Secretary and in the Supplier's case for the attention of the Commercial Director.
15.2 A notice delivered by hand takes effect on delivery. A notice sent by post takes effect at 10:00 on the second Business Day after posting.
15.3 A notice of termination or a notice starting proceedings is not valid if it is sent by e-mail.
# 16. General
16.1 Neither party may assign this Agreement without the other's prior written consent, which shall not be unreasonably withheld, save that the Client may assign it to a company in its own group by giving notice.
16.2 This Agreement may be varied only in writing signed by a director of each party.
16.3 This Agreement is the whole agreement between the parties about the Services. Neither has relied on a statement that is not in it.
16.4 A person who is not a party has no right to enforce any term of this Agreement.
Signed for HARROW & PIKE LIMITED by Leopold Harrow-Dunne, director.
Signed for TOLVANE DATA SERVICES LIMITED by Signe Alderquist, director.
"""

AMENDMENT = """
THIS AMENDMENT No. 1 is dated 12 January 2026 and made between HARROW & PIKE LIMITED, of Saddler's Wharf, 14 Ropewalk Lane, Wexcombe WX1 4QD (the "Client"), and TOLVANE DATA SERVICES LIMITED, of Unit 3, Brindle Park, Esterleigh EZ7 2LM (the "Supplier").
# Background
(a) The parties made a services agreement dated 3 March 2025 for the hosting and support of the order and stock system known as Fernway (the "Agreement").
(b) The Client has moved its purchase ledger to a new shared service centre and has asked for a longer time in which to pay invoices. The Supplier has agreed.
(c) Clause 16.2 of the Agreement allows it to be varied in writing signed by a director of each party.
# 1. Interpretation
1.1 Words defined in the Agreement have the same meaning in this Amendment.
1.2 "Amendment Date" means 1 February 2026.
# 2. Change to the payment term
2.1 With effect from the Amendment Date, clause 5.3 of the Agreement is deleted and replaced by the following:
"5.3 The Client shall pay each properly submitted and undisputed invoice within forty-five (45) days of receipt, by bank transfer to the account stated on the invoice."
2.2 The change applies to invoices received on or after the Amendment Date. An invoice received before that date remains payable within the time that the Agreement allowed when it was received.
2.3 The Client shall pay the Supplier a single sum of GBP 3,250 plus VAT towards the cost of the change, within ten (10) Business Days of the date of this Amendment.
# 3. What does not change
3.1 The rate of interest on overdue sums, and the time for disputing an invoice, are not changed.
3.2 The limits of liability in clause 10 of the Agreement are not changed by this Amendment and are not increased by the sum paid under clause 2.3.
3.3 The sixty (60) days in clause 11.4 of the Agreement run from the due date as extended by this Amendment.
3.4 Except as stated above, the Agreement continues in full force.
# 4. General
4.1 This Amendment may be signed in counterparts and by electronic signature.
4.2 This Amendment, and any non-contractual obligation arising from it, is governed by the law of England and Wales.
4.3 Each party bears its own legal costs of preparing this Amendment.
Signed for HARROW & PIKE LIMITED by Leopold Harrow-Dunne, director, on 9 January 2026.
Signed for TOLVANE DATA SERVICES LIMITED by Signe Alderquist, director, on 12 January 2026.
"""


def services_agreement(path: Path) -> None:
    """Write the services agreement."""
    write_pdf(
        path,
        title="Services Agreement",
        author="Marlstone Vane Solicitors",
        header="Harrow & Pike Limited and Tolvane Data Services Limited: Services Agreement",
        footer="Ref. MV/HP/0231 · executed version",
        markup=AGREEMENT,
    )


def services_amendment(path: Path) -> None:
    """Write the amendment to the services agreement."""
    write_pdf(
        path,
        title="Amendment No. 1 to the Services Agreement",
        author="Marlstone Vane Solicitors",
        header="Harrow & Pike Limited and Tolvane Data Services Limited: Amendment No. 1",
        footer="Ref. MV/HP/0231-A1 · executed version",
        markup=AMENDMENT,
    )
