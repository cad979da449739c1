"""Boxes of deface 1.5.0 in the photos of a gold file; run by deface.sh.

Its own class looks at each photo at the photo's own size, as the program does
by default. Boxes are written before deface's mask scale (1.3: a box grows by
30 % on each side), so that `consentry eval faces --peer` can grow them as it
grows ours, or with --peer-grow 0.3 as deface does.
"""
import contextlib
import json
import os
import sys
import time

import imageio.v2 as iio
from deface.centerface import CenterFace

gold, out, threshold = sys.argv[1], sys.argv[2], float(sys.argv[3])
with contextlib.redirect_stdout(sys.stderr):
    find = CenterFace(in_shape=None, backend="auto")
with open(gold, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
    for line in lines:
        if not line.strip():
            continue
        name = json.loads(line)["image"]
        photo = iio.imread(os.path.join(os.path.dirname(gold), name))
        start = time.monotonic()
        found, _ = find(photo, threshold=threshold)
        spent = time.monotonic() - start
        boxes = [[float(x0), float(y0), float(x1 - x0), float(y1 - y0), float(score)]
                 for x0, y0, x1, y1, score in found if x1 > x0 and y1 > y0]
        to.write(json.dumps({"image": name, "boxes": boxes, "ms": round(1000 * spent, 1)}) + "\n")
