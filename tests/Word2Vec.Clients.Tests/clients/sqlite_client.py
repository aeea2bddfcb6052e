"""SQLite with sqlite-vec: sqlite_client.py read|write FILE WORDS|FOLDER [FOLDER OF NODE'S MODULES]"""
import glob
import sqlite3
import sys

import common

what, path, other, modules = sys.argv[1:]
database = sqlite3.connect(path)
if what == "read":
    database.enable_load_extension(True)
    database.load_extension(glob.glob(f"{modules}/sqlite-vec-*/vec0.*")[0])
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    query = """select word, 1 - vec_distance_cosine(vector, (select vector from vectors where word = ?1)) as cosine from vectors
               where word != ?1 order by cosine desc limit 10"""
    common.answer([database.execute(query, (word,)).fetchall() for word in common.questions(other)])
else:
    words, rows = common.made_vectors()
    database.execute("create table terms(term text primary key, frequency integer, embedding blob)")
    database.executemany("insert into terms values(?, ?, ?)", [(word, 7, row.tobytes()) for word, row in zip(words, rows)])
    database.commit()
    common.expect(other, words, rows)
