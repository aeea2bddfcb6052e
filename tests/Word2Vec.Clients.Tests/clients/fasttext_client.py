"""fastText: fasttext_client.py read|read-gensim|read-any|write|write-ngrams|write-MODEL-LOSS FILE WORDS|FOLDER

read-any writes the vectors of WORDS, known or not, as floats to FILE.floats; write-MODEL-LOSS, with n-grams, also those of unknown words beside the others."""
import sys

import numpy as np

import common

what, path, other = sys.argv[1:]
if what == "read-gensim":
    from gensim.models.fasttext import load_facebook_vectors

    vectors = load_facebook_vectors(path)
    common.answer([vectors.most_similar(word, topn=10) for word in common.questions(other)])
else:
    import fasttext

    fasttext.FastText.eprint = lambda text: None
    if what == "read-any":
        model = fasttext.load_model(path)
        np.stack([model.get_word_vector(word) for word in common.questions(other)]).astype("<f4").tofile(f"{path}.floats")
    elif what == "read":
        model = fasttext.load_model(path)
        words = model.get_words()
        rows = np.stack([model.get_word_vector(word) for word in words]).astype(np.float64)
        common.answer(common.nearest(words, rows, common.questions(other)))
    else:
        with open(f"{other}/text", "w", encoding="utf-8") as file:
            for i in range(3000):
                file.write(" ".join(f"{'wört' if (i * k) % 3 else 'word'}{(i * k) % 97}" for k in range(1, 12)) + "\n")
        grams = {"minn": 0, "maxn": 0, "bucket": 0} if what == "write" else {"minn": 3, "maxn": 5, "bucket": 2000}
        if what.count("-") == 2:
            grams["model"], grams["loss"] = what.split("-")[1:]
        model = fasttext.train_unsupervised(f"{other}/text", dim=16, epoch=2, thread=1, minCount=1, verbose=0, **grams)
        model.save_model(path)
        words = model.get_words()
        common.expect(other, words, np.stack([model.get_word_vector(word) for word in words]))
        if what.count("-") == 2:
            unknown = common.questions(f"{other}/unknown.words")
            np.stack([model.get_word_vector(word) for word in unknown]).astype("<f4").tofile(f"{other}/unknown.floats")
