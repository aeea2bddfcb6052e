"""fastText: fasttext_client.py read|read-gensim|write|write-ngrams FILE WORDS|FOLDER"""
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
    if what == "read":
        model = fasttext.load_model(path)
        words = model.get_words()
        rows = np.stack([model.get_word_vector(word) for word in words]).astype(np.float64)
        common.answer(common.nearest(words, rows, common.questions(other)))
    else:
        with open(f"{other}/text", "w", encoding="utf-8") as file:
            for i in range(3000):
                file.write(" ".join(f"{'wört' if (i * k) % 3 else 'word'}{(i * k) % 97}" for k in range(1, 12)) + "\n")
        grams = {"minn": 3, "maxn": 5, "bucket": 2000} if what == "write-ngrams" else {"minn": 0, "maxn": 0, "bucket": 0}
        model = fasttext.train_unsupervised(f"{other}/text", dim=16, epoch=2, thread=1, minCount=1, verbose=0, **grams)
        model.save_model(path)
        words = model.get_words()
        common.expect(other, words, np.stack([model.get_word_vector(word) for word in words]))
