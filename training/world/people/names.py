"""Names of people, firms, streets and towns. All are made up of parts, and each side has parts of its own."""

from __future__ import annotations

from training.world.chance import Chance
from training.world.sides import Pool

WOMEN = Pool(
    "Adelaide", "Beatrix", "Clementine", "Dorothea", "Eleanor", "Felicity", "Georgina", "Henrietta", "Isolde",
    "Josephine", "Katharine", "Lavinia", "Margery", "Nerys", "Octavia", "Philippa", "Quenby", "Rosalind",
    "Sidonie", "Tabitha", "Ursula", "Verity", "Winsome", "Yolande", "Zenobia", "Amara", "Bronwen", "Chiara",
    "Divya", "Elspeth", "Freya", "Gwenllian", "Hadiza", "Ingrid", "Jadwiga", "Kamala", "Leocadia", "Mairead",
    "Noor", "Oonagh", "Petronella", "Rukhsana", "Saoirse", "Thandiwe", "Una", "Violet", "Wilhelmina",
    "Xanthe",
)  # fmt: skip
MEN = Pool(
    "Ambrose", "Barnaby", "Cuthbert", "Desmond", "Edmund", "Fergus", "Gilbert", "Horatio", "Ivor", "Jasper",
    "Kenneth", "Lionel", "Montague", "Neville", "Osbert", "Percival", "Quentin", "Rupert", "Silas",
    "Thaddeus",
    "Ulric", "Vernon", "Wilfred", "Yannick", "Zachary", "Alasdair", "Bogdan", "Cormac", "Dmitri", "Emeka",
    "Florian", "Gethin", "Hamza", "Idris", "Jerzy", "Kofi", "Lachlan", "Mateusz", "Nikhil", "Olamide",
    "Piotr",
    "Rhodri", "Sanjay", "Tomasz", "Uche", "Vikram", "Wojciech", "Yusuf",
)  # fmt: skip
_STARTS = Pool(
    "Alder", "Bram", "Cold", "Drey", "Ember", "Fallow", "Garth", "Haver", "Inkle", "Jessa", "Kestle", "Lorri",
    "Marsh", "Nether", "Oster", "Pender", "Quarl", "Rother", "Stan", "Thorn", "Under", "Vesper", "Wether",
    "Yarrow", "Ash", "Bever", "Corri", "Dunster", "Elmer", "Fern", "Gaven", "Holm", "Ister", "Kitter", "Lang",
    "Mellor", "Norri", "Orm", "Pickers", "Radley", "Skelmer", "Tarri", "Ullen", "Vander", "Wexing", "Ayles",
    "Brock", "Cander",
)  # fmt: skip
_ENDS = (
    "ley", "ton", "by", "wick", "more", "field", "worth", "man", "ford", "ham", "gate", "well", "combe",
    "shaw",
    "dale", "grave", "sley", "bourne",
)  # fmt: skip
_ABROAD = Pool(
    "Adeyemi", "Banerjee", "Ciobanu", "Diallo", "Eriksen", "Fernandes", "Ghorbani", "Hoffmann", "Iqbal",
    "Jankowski", "Kaczmarek", "Lindqvist", "Mbeki", "Nakamura", "Oyelaran", "Papadakis", "Quispe",
    "Ramaswamy",
    "Szabo", "Takahashi", "Ustinov", "Venkatesan", "Wisniewska", "Yilmaz",
)  # fmt: skip
_FIRM_STARTS = Pool(
    "Amberline", "Brackwater", "Cobaltstone", "Driftmoor", "Eastvane", "Foxglade", "Greymantle", "Hollowbeck",
    "Ironvale", "Juniper Row", "Kingsferry", "Larkrise", "Millrace", "Northlight", "Oakhanger",
    "Pinnacle Tor",
    "Quillmere", "Redshank", "Silverhythe", "Tidewell", "Upperfold", "Vantage Reach", "Whitlow", "Yewtree",
)  # fmt: skip
_FIRM_TRADES = (
    "Properties", "Estates", "Foods", "Joinery", "Logistics", "Instruments", "Bakery", "Packaging",
    "Textiles",
    "Print", "Facilities", "Interiors", "Catering", "Engineering", "Dental Supplies", "Optical",
)  # fmt: skip
STREETS = Pool(
    "Tanner's Row", "Harbour Street", "Quarry Hill", "Saddler Lane", "Mill Bank", "Church Walk",
    "Orchard Rise",
    "Bellfounder Street", "Pump Court", "Station Parade", "Weavers' Yard", "Castle Mews", "Ropewalk",
    "Glebe Close", "Market Hythe", "Priory Gardens", "Foundry Road", "Swan Passage",
)  # fmt: skip
TOWNS = Pool(
    "Marlholt", "Easterby", "Coldbrook", "Wendlebury", "Thornhaven", "Pellisford", "Garstow", "Lower Sutton",
    "Arkendale", "Brimsham", "Cressing Vale", "Dunmouth",
)  # fmt: skip
HOSPITALS = Pool(
    "Royal Easterby Infirmary", "St Anselm's Hospital", "Queen's Park General Hospital",
    "Wendle Valley Hospital",
    "St Dympna's Hospital", "Northgate Infirmary", "The Garrison Hospital", "Lady Margaret Hospital",
    "Holmfirth District Hospital", "Coldbrook General", "St Cyprian's Infirmary",
    "Thornhaven Memorial Hospital",
)  # fmt: skip
WARDS = Pool(
    "Hazel", "Larch", "Juniper", "Rowan", "Willow", "Sycamore", "Elder", "Cedar", "Ash", "Poplar", "Lime",
    "Medlar",
)  # fmt: skip
LAW_FIRMS = Pool(
    "Fairlie Stroud LLP", "Hext & Partners", "Maddox Penn Solicitors", "Carrick Lowe LLP", "Ainsworth Brill",
    "Tolland Greaves LLP", "Pryce Wardle & Co", "Sewell Marchbank", "Denholm Ives LLP", "Garnet & Fosse",
    "Rudyard Keir Solicitors", "Owen Thackeray LLP",
)  # fmt: skip


def last_name(chance: Chance) -> str:
    """Return a family name."""
    if chance.likely(0.2):
        return chance.one(_ABROAD)
    return chance.one(_STARTS) + chance.one(_ENDS)


def firm_name(chance: Chance) -> str:
    """Return the name of a company."""
    form = chance.one(("Limited", "Ltd", "plc", "LLP", "Limited", "(Holdings) Limited"))
    return f"{chance.one(_FIRM_STARTS)} {chance.one(_FIRM_TRADES)} {form}"


def similar(name: str, chance: Chance) -> str:
    """Return a name that is easily taken for this one: "Brackley" gives "Brakley" or "Brackly"."""
    changes = [
        name.replace("ey", "y") if name.endswith("ey") else "",
        name.replace("ton", "don") if name.endswith("ton") else "",
        name + "e" if name[-1] not in "aeiouy" else name + "s",
        name.replace("er", "ar", 1),
        name.replace("or", "er", 1),
        name.replace("ll", "l", 1),
        name.replace("rr", "r", 1),
        name.replace("th", "t", 1) if len(name) > 6 else "",
    ]
    return chance.one([one for one in changes if one and one != name])
