"""Brightmoss Ceramics at Lanthorn Yard: the lease, and the e-mails about its roof."""

from email.message import EmailMessage
from pathlib import Path

from writers.office import write_docx

LEASE = """
This lease is dated 24 September 2024 and made between QUILLMERE ESTATES LIMITED, of Tally House, 2 Cornmarket, Wexcombe WX2 1RS (the Landlord), and BRIGHTMOSS CERAMICS LIMITED, of 41 Kilnside, Esterleigh EZ1 9HB (the Tenant). There is no guarantor.
# 1. Particulars
| Item | Agreed |
| Property | Unit 7, Lanthorn Yard, Tanners Lane, Wexcombe WX4 7QZ, shown edged red on Plan A |
| Floor area | 412 square metres (gross internal) |
| Term | Ten years from and including 29 September 2024 |
| Permitted use | Making, firing and storing ceramics, with an ancillary trade counter not exceeding 40 square metres |
| Deposit | GBP 21,000 |
| Service charge cap, first year | GBP 8,250 |
| Parking | Four spaces, numbered 11 to 14 on Plan B |
| Review date | 29 September 2029 |
# 2. Rent
## 2.1 Rent steps
The Tenant shall pay the yearly rent in the table below, by equal quarterly payments in advance on 25 March, 24 June, 29 September and 25 December.
| Lease year | From | To | Yearly rent (GBP) | Quarterly payment (GBP) |
| 1 | 29 September 2024 | 28 September 2025 | 36,000 | 9,000 |
| 2 | 29 September 2025 | 28 September 2026 | 42,000 | 10,500 |
| 3 | 29 September 2026 | 28 September 2027 | 46,800 | 11,700 |
| 4 | 29 September 2027 | 28 September 2028 | 49,200 | 12,300 |
| 5 | 29 September 2028 | 28 September 2029 | 51,600 | 12,900 |
| 6 to 10 | 29 September 2029 | 28 September 2034 | as reviewed under clause 3 | one quarter of the reviewed rent |
## 2.2 Rent-free period
No rent is payable for the first eight weeks of the term, so that the Tenant may install its kilns. Service charge and insurance rent are payable from the start.
## 2.3 Late payment
A sum not paid within seven days of its due date carries interest at three per cent above the Base Rate from time to time of the Bank of England, from the due date until payment.
# 3. Rent review
3.1 On the Review Date the yearly rent becomes the higher of GBP 51,600 and the open market rent.
3.2 If the parties have not agreed the open market rent two months before the Review Date, either may ask for it to be fixed by an independent surveyor acting as expert and not as arbitrator.
3.3 The surveyor shall disregard the Tenant's kilns, extraction plant and other fixtures, and any goodwill of the Tenant's business.
# 4. Deposit
4.1 The Landlord shall hold the deposit in a separate interest-bearing account. The interest belongs to the Tenant.
4.2 The Landlord may draw on the deposit for unpaid sums or the cost of putting right a breach, after giving ten working days' notice of what it means to draw and why. The Tenant shall make up the deposit within fifteen working days of a drawing.
4.3 The Landlord shall repay one half of the deposit on 29 September 2027 if no rent has then been more than twenty-one days late, and the remainder within one month after the term ends.
# 5. Service charge and insurance
5.1 The Tenant shall pay a fair proportion, being 11.4 per cent, of the cost of lighting, cleaning, securing and repairing the common parts of Lanthorn Yard.
5.2 The service charge shall not exceed the cap stated in the particulars in the first year. In each later year the cap rises by the change in the Retail Prices Index, but by no more than four per cent.
5.3 The Landlord shall insure the building against fire, storm, flood and the other usual risks for its full cost of reinstatement and three years' loss of rent. The Tenant shall repay its share of the premium within twenty-one days of demand.
5.4 The Landlord does not insure the Tenant's kilns, stock or plate glass.
# 6. Repair and alterations
6.1 The Tenant shall keep the inside of the Property, with its doors, windows and shop front, in good repair. The Tenant need not put the Property in any better state than is shown in the schedule of condition dated 11 September 2024.
6.2 The Landlord shall keep the roof, the foundations and the outside walls in good repair, and shall begin work within twenty-eight days of notice of a defect, or within three working days where water is entering the Property.
6.3 The Tenant shall redecorate the inside in the fifth year and in the last six months of the term.
6.4 The Tenant shall make no structural alteration. It may put up internal, demountable partitions without consent, if it gives the Landlord drawings within one month.
6.5 A flue or an extraction duct through the roof needs the Landlord's written consent, which shall not be unreasonably withheld.
# 7. Use
7.1 The Tenant shall use the Property only for the permitted use. Kilns may be fired at any hour; deliveries may be made only between 07:00 and 20:00, and not on Sundays.
7.2 The Tenant shall not keep more than 400 litres of flammable liquid at the Property, nor any compressed gas outside a ventilated cage.
7.3 No animal may be kept at the Property.
# 8. Assignment and subletting
8.1 The Tenant shall not assign or sublet part only of the Property.
8.2 The Tenant may assign the whole with the Landlord's written consent, which shall not be unreasonably withheld, and the Landlord may require the outgoing tenant to guarantee its immediate assignee.
8.3 The Tenant may share occupation with a company in its own group for as long as both remain in the group, provided no tenancy is created.
# 9. Break clause
9.1 The Tenant may end this lease on 29 September 2029 by giving the Landlord not less than six months' written notice.
9.2 The notice has effect only if, on the break date, the Tenant has paid the yearly rent due up to that date and gives up occupation leaving no subtenant behind. It is not a condition that the Tenant has performed its repairing duties.
9.3 The Landlord has no right to break the term.
9.4 Within fourteen days after the break date the Landlord shall repay rent, service charge and insurance rent paid for any time after it.
# 10. Forfeiture and security of tenure
10.1 The Landlord may re-enter the Property and end this lease if rent is twenty-one days overdue, whether or not it has been formally demanded, or if the Tenant commits a substantial breach or becomes insolvent.
10.2 The parties have agreed, following a notice dated 2 September 2024 and a simple declaration dated 5 September 2024, that the statutory rights of renewal of a business tenant shall not apply to this lease.
# 11. Notices
11.1 A notice under this lease shall be in writing and is validly served if left at, or sent by recorded delivery to, the address of the party stated at the head of this lease. Service by e-mail is not valid.
11.2 A notice sent by recorded delivery is taken to be served on the third working day after posting.
Executed as a deed by QUILLMERE ESTATES LIMITED acting by Barnaby Quillmere, director, in the presence of Odile Framm.
Executed as a deed by BRIGHTMOSS CERAMICS LIMITED acting by Yusra Penhallick, director, in the presence of Tobin Ashgrove.
"""

THREAD = """\
Dear Idris,

Thank you for your patience. I have now spoken to Mr Quillmere. Without
admitting liability, and to bring the matter of the roof to an end,
Quillmere Estates will:

1. complete the permanent repair of the north valley gutter by Friday 27 March 2026;
2. allow Brightmoss a rent reduction of GBP 5,250, to be taken off the
   quarterly payment due on 25 March 2026; and
3. pay your client's surveyor's fee up to a limit of GBP 850 plus VAT.

My client does not agree to pay for the spoiled glaze stock. Under the
lease the stock is the tenant's to insure, and we are told the claim has
been accepted by the tenant's own insurer subject to the policy excess.

The offer is open until 4 p.m. on Thursday 5 March 2026 and then lapses.
I attach the schedule that Mr Quillmere's surveyor prepared after his
visit of 19 February.

Kind regards,
Perpetua Lisle
Gorrick Lisle LLP, for Quillmere Estates Limited

On Mon, 16 Feb 2026 at 11:42, Idris Vane wrote:
> Dear Perpetua,
>
> I do not think that the schedule of condition helps your client. The
> roof is excluded from our repairing duty altogether by clause 6.2.
> Water came in on 28 January and was reported by telephone at 08:20 the
> same day, and by recorded letter on 29 January. Work should have begun
> within three working days. A tarpaulin was fixed on 9 February.
>
> Brightmoss lost the use of the second kiln for eleven days, and
> 640 kg of glaze was spoiled, worth GBP 7,936 at cost. Our client seeks
> both, together with its surveyor's fee of GBP 1,100.
>
> Ms Penhallick asks me to say that no notice to break has been served
> and that none is being considered.
>
> Regards,
> Idris Vane
> Marlstone Vane Solicitors, for Brightmoss Ceramics Limited
>
> On Tue, 10 Feb 2026 at 16:05, Perpetua Lisle wrote:
>> Dear Idris,
>>
>> I act for Quillmere Estates Limited. My client's position is that
>> the valley gutter was already worn when the lease was granted, as
>> photographs 14 and 15 in the schedule of condition show, and that
>> the tenant took the unit in that state.
>>
>> Please let me know what loss your client says it has suffered, with
>> documents, and whether the tenant intends to stay beyond 2029.
>>
>> Yours sincerely,
>> Perpetua Lisle
"""

ROOF_SCHEDULE = """\
UNIT 7, LANTHORN YARD: SCHEDULE OF ROOF WORKS
Prepared by Cuthbert Raine, building surveyor, after inspection on 19 February 2026

Item  Work                                                    Estimate (GBP, excluding VAT)
1     Scaffold to north elevation, two weeks                  2,180
2     Strip and renew lead lining of north valley gutter      4,640
3     Replace 36 cracked slates beside the gutter             1,015
4     Renew gutter outlet and clear downpipe                    395
      Total                                                   8,230

The south valley gutter was inspected and needs no work at present.
"""


def lease(path: Path) -> None:
    """Write the lease."""
    write_docx(
        path,
        title="Lease of Unit 7, Lanthorn Yard",
        author="Gorrick Lisle LLP",
        header="Quillmere Estates Limited to Brightmoss Ceramics Limited",
        markup=LEASE,
    )


def roof_emails(path: Path) -> None:
    """Write the e-mail thread about the roof, with its attachment."""
    message = EmailMessage()
    message["From"] = "Perpetua Lisle <p.lisle@gorricklisle.example>"
    message["To"] = "Idris Vane <i.vane@marlstonevane.example>"
    message["Cc"] = "Property Team <property@gorricklisle.example>"
    message["Subject"] = "RE: Unit 7, Lanthorn Yard - water ingress - without prejudice save as to costs"
    message["Date"] = "Tue, 24 Feb 2026 15:18:00 +0000"
    message["Message-ID"] = "<20260224151800.0417@gorricklisle.example>"
    message["In-Reply-To"] = "<20260216114200.0231@marlstonevane.example>"
    message.set_content(THREAD, cte="8bit")
    message.add_attachment(ROOF_SCHEDULE, filename="roof_works_schedule.txt", cte="8bit")
    message.set_boundary("=====lanthorn-yard-0417=====")
    path.write_bytes(message.as_bytes())
