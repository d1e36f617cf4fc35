"""Names of medicines: words that are no person, and that are never corrected into another medicine."""

from __future__ import annotations

MEDICINES = frozenset(
    """
    abacavir abatacept abciximab abiraterone acamprosate acarbose acenocoumarol acetaminophen
    acetazolamide acetylcysteine aciclovir acyclovir adalimumab adcal adenosine adrenaline alendronate
    alendronic alfacalcidol alfentanil alfuzosin alginate alirocumab allopurinol alprazolam alteplase
    amantadine amikacin amiloride aminophylline amiodarone amisulpride amitriptyline amlodipine
    amoxicillin amphotericin ampicillin anastrozole apixaban aripiprazole aspirin atazanavir atenolol
    atomoxetine atorvastatin atracurium atropine augmentin azathioprine azithromycin baclofen
    beclometasone bendroflumethiazide benzylpenicillin betahistine betamethasone betaxolol bevacizumab
    bezafibrate bicalutamide bimatoprost bisacodyl bisoprolol bivalirudin bleomycin bortezomib
    brimonidine brinzolamide bromocriptine budesonide bumetanide bupivacaine buprenorphine bupropion
    buspirone cabergoline calcitonin calcitriol canagliflozin candesartan capecitabine captopril
    carbamazepine carbimazole carbocisteine carboplatin carvedilol caspofungin cefaclor cefadroxil
    cefalexin cefazolin cefepime cefixime cefotaxime ceftazidime ceftriaxone cefuroxime celecoxib
    cetirizine cetuximab chloramphenicol chlordiazepoxide chlorhexidine chloroquine chlorphenamine
    chlorpromazine chlortalidone ciclosporin cilostazol cimetidine cinacalcet ciprofloxacin
    cisatracurium cisplatin citalopram clarithromycin clexane clindamycin clobazam clobetasol
    clomipramine clonazepam clonidine clopidogrel clotrimazole clozapine codeine colchicine
    colecalciferol colestyramine colistin coumadin cyclizine cyclophosphamide cyproterone cytarabine
    dabigatran dalteparin dapagliflozin dapsone daptomycin darbepoetin darunavir dasatinib deferasirox
    denosumab desloratadine desmopressin dexamethasone dexamfetamine dextrose diamorphine diazepam
    diclofenac dicycloverine digoxin dihydrocodeine diltiazem diphenhydramine dipyridamole disulfiram
    dobutamine docetaxel docusate dolutegravir domperidone donepezil dopamine dorzolamide dosulepin
    doxapram doxazosin doxorubicin doxycycline dronedarone dulaglutide duloxetine dutasteride edoxaban
    efavirenz eliquis empagliflozin enalapril enoxaparin entacapone entecavir entresto ephedrine
    eplerenone epoetin eprosartan erlotinib ertapenem erythromycin escitalopram esmolol esomeprazole
    estradiol etanercept ethambutol ethosuximide etomidate etoricoxib exemestane exenatide ezetimibe
    famotidine febuxostat felodipine fenofibrate fentanyl ferrous fexofenadine fidaxomicin filgrastim
    finasteride flecainide flucloxacillin fluconazole fludrocortisone flumazenil fluorouracil fluoxetine
    flupentixol fluticasone fluvastatin fluvoxamine folic fondaparinux formoterol forxiga fosfomycin
    fosinopril fragmin frusemide fulvestrant furosemide gabapentin galantamine ganciclovir gaviscon
    gefitinib gemcitabine gemfibrozil gentamicin gliclazide glimepiride glipizide glucagon glyceryl
    glycopyrronium goserelin granisetron griseofulvin haloperidol heparin humira hydralazine
    hydrochlorothiazide hydrocortisone hydromorphone hydroxocobalamin hydroxycarbamide
    hydroxychloroquine hydroxyzine hyoscine ibandronate ibuprofen iloprost imatinib imipenem imipramine
    indapamide indometacin infliximab insulin ipratropium irbesartan irinotecan isoniazid isosorbide
    isotretinoin ispaghula itraconazole ivabradine ivermectin januvia jardiance keppra ketamine
    ketoconazole ketoprofen ketorolac labetalol lacosamide lactulose lamivudine lamotrigine lansoprazole
    lantus lasix latanoprost leflunomide lercanidipine letrozole leuprorelin levetiracetam
    levocetirizine levodopa levofloxacin levomepromazine levonorgestrel levothyroxine lidocaine
    lignocaine linagliptin linezolid liothyronine lipitor liraglutide lisdexamfetamine lisinopril
    lithium lixisenatide lofepramine loperamide loratadine lorazepam lormetazepam losartan losec
    lurasidone lymecycline lyrica macrogol mannitol mebendazole mebeverine medroxyprogesterone mefenamic
    megestrol melatonin meloxicam memantine mepolizumab meropenem mesalazine metaraminol metformin
    methadone methotrexate methyldopa methylphenidate methylprednisolone metoclopramide metolazone
    metoprolol metronidazole mexiletine mianserin midazolam midodrine mirabegron mirtazapine misoprostol
    modafinil molnupiravir mometasone montelukast morphine movicol moxifloxacin moxonidine mupirocin
    mycophenolate nadolol naloxone naltrexone naproxen nebivolol nefopam neostigmine nevirapine
    nicorandil nicotinamide nifedipine nilotinib nimodipine nitrazepam nitrofurantoin nivolumab
    nizatidine noradrenaline norethisterone nortriptyline novomix novorapid nurofen nystatin octreotide
    ofloxacin olanzapine olmesartan omalizumab omeprazole ondansetron orlistat oxaliplatin oxazepam
    oxcarbazepine oxybutynin oxycodone oxytetracycline oxytocin ozempic paclitaxel palbociclib
    paliperidone pamidronate pancuronium pantoprazole paracetamol paroxetine pembrolizumab penicillamine
    penicillin pentoxifylline perampanel pergolide perindopril pethidine phenelzine phenobarbital
    phenoxymethylpenicillin phenprocoumon phenylephrine phenytoin pilocarpine pioglitazone piperacillin
    piroxicam pizotifen plavix posaconazole pradaxa pramipexole prasugrel pravastatin prazosin
    prednisolone prednisone pregabalin primidone probenecid prochlorperazine procyclidine progesterone
    promethazine propafenone propofol propranolol propylthiouracil protamine prozac pyrazinamide
    pyridostigmine quetiapine quinapril quinine rabeprazole raloxifene ramipril ranibizumab ranitidine
    ranolazine rasagiline remdesivir remifentanil repaglinide rifabutin rifampicin rifaximin riluzole
    risedronate risperidone ritonavir rituximab rivaroxaban rivastigmine rizatriptan rocuronium
    ropinirole ropivacaine rosuvastatin rotigotine sacubitril salbutamol salmeterol saxagliptin
    secukinumab selegiline semaglutide senna seretide sertraline sevelamer sevoflurane sildenafil
    simvastatin sirolimus sitagliptin solifenacin sorafenib sotalol spiriva spironolactone streptokinase
    streptomycin sulfasalazine sulpiride sumatriptan sunitinib suxamethonium symbicort tacrolimus
    tadalafil tamoxifen tamsulosin tapentadol tazobactam tazocin tegretol teicoplanin telmisartan
    temazepam temozolomide tenecteplase tenofovir terazosin terbinafine terbutaline teriparatide
    testosterone tetracycline theophylline thiamine thiopental tiagabine ticagrelor tigecycline timolol
    tinzaparin tiotropium tirofiban tirzepatide tizanidine tobramycin tocilizumab tolbutamide tolcapone
    tolterodine topiramate torasemide tramadol trandolapril tranexamic tranylcypromine trastuzumab
    travoprost trazodone tresiba triamcinolone triazolam trifluoperazine trihexyphenidyl trimethoprim
    trimipramine trulicity ursodeoxycholic ustekinumab valaciclovir valganciclovir valium valproate
    valsartan vancomycin vardenafil varenicline vecuronium vedolizumab venlafaxine ventolin verapamil
    viagra vigabatrin vildagliptin vincristine voriconazole vortioxetine warfarin xarelto zantac
    zidovudine zocor zoladex zoledronic zolmitriptan zolpidem zonisamide zopiclone zuclopenthixol
    """.split()
)
"""International and some brand names, in lower case."""
