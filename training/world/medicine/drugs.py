"""Medicines by class: how they are dosed, and what people call them who do not know the name."""

from __future__ import annotations

from dataclasses import dataclass

from training.world.chance import Chance
from training.world.sides import Pool

TABLET, INHALER, EYE = "tablet", "inhaler", "eye drops"


@dataclass(frozen=True, slots=True)
class DrugClass:
    """Medicines of one kind."""

    name: str
    everyday: Pool[str]
    names: Pool[str]
    doses: tuple[str, ...]
    """Rising; with the unit."""
    reason: str
    common: bool = True


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine."""

    name: str
    kind: DrugClass

    @property
    def doses(self) -> tuple[str, ...]:
        """Doses in which it is given, rising."""
        return self.kind.doses


CLASSES = (
    DrugClass("anticoagulant", Pool("blood thinner", "blood-thinning tablet", "anti-clotting tablet"),
              Pool("apixaban", "edoxaban", "dabigatran", "rivaroxaban", "acenocoumarol", "warfarin"),
              ("2.5 mg", "5 mg", "7.5 mg", "10 mg"), "atrial fibrillation"),
    DrugClass("diuretic", Pool("water tablet", "water pill", "tablet that makes one pass water"),
              Pool("furosemide", "bumetanide", "torasemide", "indapamide", "metolazone", "chlortalidone"),
              ("20 mg", "40 mg", "60 mg", "80 mg"), "ankle swelling"),
    DrugClass("beta blocker", Pool("heart-slowing tablet", "pulse tablet", "tablet to slow the heart"),
              Pool("bisoprolol", "carvedilol", "nebivolol", "metoprolol", "atenolol", "propranolol"),
              ("1.25 mg", "2.5 mg", "3.75 mg", "5 mg", "7.5 mg", "10 mg"), "rate control"),
    DrugClass("ACE inhibitor", Pool("blood pressure tablet", "pressure pill",
        "tablet for the blood pressure"),
              Pool("ramipril", "perindopril", "enalapril", "lisinopril", "captopril", "trandolapril"),
              ("1.25 mg", "2.5 mg", "5 mg", "10 mg"), "hypertension"),
    DrugClass("statin", Pool("cholesterol tablet", "tablet for the cholesterol", "cholesterol-lowering pill"),
              Pool("atorvastatin", "simvastatin", "pravastatin", "rosuvastatin", "fluvastatin",
                  "pitavastatin"),
              ("10 mg", "20 mg", "40 mg", "80 mg"), "raised cholesterol"),
    DrugClass("proton pump inhibitor", Pool("stomach tablet", "acid tablet", "stomach protection"),
              Pool("omeprazole", "lansoprazole", "rabeprazole", "pantoprazole", "esomeprazole",
                  "dexlansoprazole"),
              ("10 mg", "15 mg", "20 mg", "30 mg", "40 mg"), "reflux"),
    DrugClass("hypnotic", Pool("sleeping tablet", "sleeping pill", "tablet to help with sleep"),
              Pool("zopiclone", "temazepam", "nitrazepam", "zolpidem", "melatonin", "lormetazepam"),
              ("2 mg", "3.75 mg", "5 mg", "7.5 mg", "10 mg"), "insomnia", common=False),
    DrugClass("opioid", Pool("strong painkiller", "strong pain tablet", "morphine-type painkiller"),
              Pool("oxycodone", "tapentadol", "dihydrocodeine", "morphine sulfate", "tramadol",
                  "hydromorphone"),
              ("5 mg", "10 mg", "15 mg", "20 mg", "30 mg"), "back pain", common=False),
    DrugClass("antidepressant", Pool("tablet for low mood", "depression tablet", "mood tablet"),
              Pool("sertraline", "citalopram", "mirtazapine", "venlafaxine", "fluoxetine", "duloxetine"),
              ("15 mg", "25 mg", "30 mg", "50 mg", "75 mg"), "low mood"),
    DrugClass("anticonvulsant", Pool("fit tablet", "epilepsy medicine", "tablet against seizures"),
              Pool("levetiracetam", "lamotrigine", "topiramate", "lacosamide", "zonisamide", "carbamazepine"),
              ("50 mg", "100 mg", "150 mg", "200 mg", "250 mg"), "epilepsy", common=False),
    DrugClass("oral hypoglycaemic", Pool("sugar tablet", "diabetes tablet", "tablet for the sugar"),
              Pool("gliclazide", "metformin", "sitagliptin", "linagliptin", "empagliflozin", "glimepiride"),
              ("5 mg", "10 mg", "25 mg", "40 mg", "80 mg"), "type 2 diabetes"),
    DrugClass("thyroid hormone", Pool("thyroid tablet", "tablet for the thyroid", "thyroid replacement"),
              Pool("levothyroxine", "liothyronine", "thyroid extract"),
              ("25 micrograms", "50 micrograms", "75 micrograms", "100 micrograms", "125 micrograms"),
              "hypothyroidism"),
    DrugClass("corticosteroid", Pool("steroid tablet", "steroids", "cortisone tablet"),
              Pool("prednisolone", "dexamethasone", "methylprednisolone", "hydrocortisone", "deflazacort",
                   "budesonide"),
              ("2 mg", "4 mg", "5 mg", "10 mg", "20 mg", "30 mg"), "polymyalgia", common=False),
    DrugClass("antibiotic", Pool("infection tablet", "germ tablet", "tablet for the infection"),
              Pool("doxycycline", "clarithromycin", "trimethoprim", "cefalexin", "nitrofurantoin",
                  "co-amoxiclav"),
              ("50 mg", "100 mg", "200 mg", "250 mg", "500 mg", "625 mg"), "chest infection", common=False),
    DrugClass("mineralocorticoid antagonist", Pool("potassium-sparing tablet", "heart-failure tablet",
              "potassium-keeping water tablet"), Pool("spironolactone", "eplerenone", "finerenone"),
              ("12.5 mg", "25 mg", "37.5 mg", "50 mg"), "heart failure"),
)  # fmt: skip
FREQUENCIES = (
    ("once daily", "OD", "in the morning"), ("twice daily", "BD", "morning and evening"),
    ("three times a day", "TDS", "with each meal"), ("at night", "ON", "at bedtime"),
)  # fmt: skip
"""In full, short, and in other words."""
ALLERGENS = Pool(
    "penicillin", "codeine", "latex", "ibuprofen", "erythromycin", "elastoplast", "aspirin",
    "iodine contrast",
    "chlorhexidine", "peanuts", "gentamicin", "sulfonamides", "shellfish", "diclofenac", "cefuroxime",
    "metoclopramide", "bee stings", "tetracycline",
)  # fmt: skip
REACTIONS = Pool(
    "a rash over the trunk", "swelling of the lips", "anaphylaxis", "vomiting", "wheezing", "blistering",
    "hives", "shortness of breath", "facial swelling", "an itchy rash", "collapse", "diarrhoea",
)  # fmt: skip
CONDITIONS = Pool(
    "asthma", "type 2 diabetes", "glaucoma", "epilepsy", "gout", "coeliac disease", "psoriasis",
    "rheumatoid arthritis", "osteoporosis", "migraine", "atrial fibrillation", "hypothyroidism",
    "peptic ulcer", "deep vein thrombosis", "chronic kidney disease", "emphysema", "diverticulitis",
    "Parkinson's disease", "angina", "heart failure", "bronchiectasis", "a stroke", "prostate cancer",
    "kidney stones", "shingles", "macular degeneration", "pancreatitis", "pulmonary embolism", "eczema",
    "tuberculosis", "hepatitis B", "sleep apnoea", "a heart attack", "Crohn's disease", "bowel cancer",
    "multiple sclerosis",
)  # fmt: skip


def drugs(chance: Chance, count: int) -> list[Drug]:
    """Return different medicines, each of another class, at least one of a class that many people take."""
    common = [kind for kind in CLASSES if kind.common]
    first = chance.some(common, max(1, count - 2))
    rest = chance.some([kind for kind in CLASSES if kind not in first], count - len(first))
    return [Drug(chance.one(kind.names), kind) for kind in (*first, *rest)]


def dose_spellings(dose: str) -> str:
    """Return how an answer may write a dose, between bars."""
    number, _, unit = dose.partition(" ")
    if unit == "micrograms":
        return f"{number} micrograms|{number} mcg|{number} microgram|{number} µg"
    return dose
