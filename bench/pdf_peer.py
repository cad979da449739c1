"""Pages a second of PyMuPDF (PyPI PyMuPDF, AGPL) beside BenchmarkPDF.

It is run by hand: nothing of it is in the builds or the tests. It reads the first
five pages of each file that the list names, a path a line, as the benchmark does:
characters with their boxes, then pixels at 150 dpi, in one process and thread; a
second is one of processor time, as the machine may have other work. Then
it reads all pages of all files, and removes the word "the" wherever it stands, as
BenchmarkPages and BenchmarkRewrite of redact/pdf do.
Usage: python bench/pdf_peer.py LIST
"""

import sys
import time

import pymupdf

PAGES, DPI = 5, 150


def main(paths):
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pages, text, render = 0, 0.0, 0.0
    for path in paths:
        with open(path, "rb") as f:
            data = f.read()
        doc = pymupdf.open(stream=data, filetype="pdf")
        for i in range(min(PAGES, doc.page_count)):
            start = time.process_time()
            page = doc[i]
            page.get_text("rawdict", flags=pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES)
            middle = time.process_time()
            page.get_pixmap(dpi=DPI)
            render += time.process_time() - middle
            text += middle - start
            pages += 1
        doc.close()
    print(f"PyMuPDF {pymupdf.__version__}: {pages} pages, text {pages / text:.1f}/s, render {pages / render:.1f}/s")
    pages, text, redact = 0, 0.0, 0.0
    for path in paths:
        with open(path, "rb") as f:
            data = f.read()
        start = time.process_time()
        doc = pymupdf.open(stream=data, filetype="pdf")
        for page in doc:
            page.get_text("rawdict", flags=pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES)
            pages += 1
        text += time.process_time() - start
        doc.close()
        start = time.process_time()
        doc = pymupdf.open(stream=data, filetype="pdf")
        for page in doc:
            for box in page.search_for("the"):
                page.add_redact_annot(box)
            page.apply_redactions()
        doc.tobytes(garbage=4, deflate=True)
        redact += time.process_time() - start
        doc.close()
    print(f"all {pages} pages: text {pages / text:.1f}/s, redaction {pages / redact:.1f}/s")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    with open(sys.argv[1]) as f:
        main([line.strip() for line in f if line.strip()])
