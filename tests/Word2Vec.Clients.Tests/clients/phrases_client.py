"""Finds and joins phrases with gensim: SCORING THRESHOLD PASSES CONNECTORS CORPUS OUTPUT. Prints the phrases that occur with their scores, pass by pass, as JSON."""
import json
import sys

from gensim.models.phrases import ENGLISH_CONNECTOR_WORDS, Phrases

scoring, threshold, passes, connectors, corpus, output = sys.argv[1:]
with open(corpus, encoding="utf-8") as file:
    sentences = [line.split() for line in file]
found = []
for _ in range(int(passes)):
    words = ENGLISH_CONNECTOR_WORDS if connectors == "english" else frozenset()
    phrases = Phrases(sentences, min_count=5, threshold=float(threshold), scoring=scoring, connector_words=words)
    found.append(phrases.find_phrases(sentences))
    sentences = [phrases[sentence] for sentence in sentences]
with open(output, "w", encoding="utf-8") as file:
    file.writelines(" ".join(sentence) + "\n" for sentence in sentences)
json.dump(found, sys.stdout)
